# Bytes: escapes, quotes, all byte values.
a = b""
b = b"abc"
c = b'with "double"'
d = b"with 'single'"
e = b"""with 'single' and "double" """
f = b"\x00\x01\x1f\x7f\x80\xfe\xff"
g = b"\t\n\r\v\f\a\b\\"
h = b"\x20~ \x7e\x7f"
i = b"line one\
continued"
j = br"raw \n stays"
k = (b"a", b"b", (b"c",))
