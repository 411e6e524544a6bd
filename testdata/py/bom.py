x = u'after a byte order mark'
