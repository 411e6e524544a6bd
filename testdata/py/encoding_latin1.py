# -*- coding: latin-1 -*-
# The bytes of this file are not UTF-8.
a = u"café üß"
b = "\xe9"
