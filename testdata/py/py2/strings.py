# coding: utf-8
a = "bytes", u"text", ur"raw \u20ac", r"raw", b"b", br"\x"
b = "\x00\xff\n'", '"', "'", u"\xe9\u20ac\U0001f600", u"'", u'"', u"\ud800"
c = "é", u"é", "日本", u"日本 😀"
d = "same", u"same", "not same", u"not same", "same"
e = "a" u"b" "c"
f = u"\N{EURO SIGN}"
g = "\a\b\f\v\t\r\\", u"\a\b\f\v\t\r\\\x7f\x80\xa0"
