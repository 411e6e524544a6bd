# coding: utf-8
# Text: quotes, escapes, characters that are printable and ones that are not.
a = u""
b = u"plain"
c = u'it is "double"'
d = u"it's single"
e = u"""both ' and " """
f = u"\t\n\r\x00\x1b\x7f\x80\x9f\xa0\xad\xff"
g = u"\u0100\u0378\u200b\u2028\u2029\u3000\ue000\ufeff\uffff"
h = u"\U0001f600\U0001f9ff\U0001fae8\U000e0001\U0010ffff"
i = u"\ud800"
j = u"\udc80 \udfff\ud83d"
k = u"naïve café Ελληνικά 日本語 😀"
l = u"\u0888\u1c80\u2e5d\ua7c0\U00010d40\U0001ccd6\U00031350\U00032000"
m = u"\\ backslash \\u1234"
n = u"line one\
continued"
o = u"\u0061\u0300"
