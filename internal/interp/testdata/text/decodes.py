# Short bytes are decoded alike by every way and encoding that is built in.
class B(bytes): pass
class S(str): pass
for b in (b'', b'a', b'abc', b'x'*63, b'x'*64, b'x'*2000, b'ab\x80', b'\xc3\xa9', B(b'abc'), bytearray(b'abc'), memoryview(b'abc'), B(b'')):
    for e in ('utf-8', 'ascii', 'latin-1', 'UTF_8', S('ascii'), 3):
        for er in ((), ('strict',), ('replace',), (3,), ()):
            for f in (lambda: str(b, e, *er), lambda: bytes(b).decode(e, *er), lambda: S(b, e, *er)):
                try: r = f(); r = (type(r).__name__, r)
                except UnicodeError as x: r = type(x).__name__, x.start, x.end, x.reason
                except Exception as x: r = (type(x).__name__, str(x))
                print(bytes(b)[:5], e, er, r)
for a in ((), (1,), ('a', 'ascii'), (1, 'ascii'), (b'a', 'ascii', 'strict', 1), (b'a', 'ascii', 'x')):
    try: print(str(*a))
    except Exception as x: print(type(x), x)
