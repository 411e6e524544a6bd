def attempt(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as e:
        print(type(e).__name__, e)


# What changes the size of a bytearray while it is exported.
for code in ("b[:] = b'x'", "b[1:1] = b'x'", "del b[::2]", "b[::2] = b''", "b[:0:-1] = b''", "b[::2] = b'x'", "b.pop()",
             "del b[0]", "b.clear()", "b.extend(b'')", "b.extend(b'x')", "b += b''", "b.__init__(b'ab')", "b *= 1", "b[10:] = b''"):
    b = bytearray(b"1234567890")
    view = memoryview(b)
    attempt(exec, code)
    print(b)
    view.release()
    attempt(exec, code)
    print(b)


class Text(str):
    def __bytes__(self):
        return b"own"


class Growing:
    def __index__(self):
        items[:] = []
        return 42



print(bytes(Text("a")))
attempt(bytearray, Text("a"))
for make in bytes, bytearray:
    items = [Growing(), Growing()]
    print(make(items))
seen = bytearray()
seen.__init__(len(seen) for _ in range(5))
print(seen)

# Order is between bytes and bytearrays; views are only equal or not.
for left in b"ab", bytearray(b"ab"), memoryview(b"ab"):
    for right in b"ac", bytearray(b"ac"), memoryview(b"ac"):
        attempt(lambda: left < right)
        attempt(lambda: left == right)
        print(type(left).__lt__(left, right))
