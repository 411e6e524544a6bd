"""StringIO and BytesIO made with all kinds of arguments, right and wrong, and in subclasses."""
import _io as io
def tr(f):
    try: return f()
    except Exception as e: return type(e).__name__, str(e)
for a in [(), ('ab\ncd',), (None,), ('a\r\nb', None), ('a\nb', '\r\n'), ('x', ''), (5,), ('x', 'q'), ('x', 7), ('x', '\n', 3), ('x', None, 1, 2)]:
    r = tr(lambda: io.StringIO(*a)); print(a, r if isinstance(r, tuple) else (r.getvalue(), r.readline(), r.newlines, r.line_buffering))
    r = tr(lambda: io.BytesIO(*a)); print(r if isinstance(r, tuple) else r.getvalue())
for a in [(b'ab\nc',), (bytearray(b'xy'),), (memoryview(b'zz'),), (b'a', b'b'), ([1],)]:
    r = tr(lambda: io.BytesIO(*a)); print(r if isinstance(r, tuple) else (r.getvalue(), r.read(1), r.write(b'Q'), r.getvalue()))
print(tr(lambda: io.StringIO(initial_value='k', newline='').read()), tr(lambda: io.StringIO(x=1)), tr(lambda: io.BytesIO(initial_bytes=b'k').read()), tr(lambda: io.BytesIO(q=1)))
class S(io.StringIO):
    def __init__(self, v): super().__init__(v + '!'); self.x = 1
class B(io.BytesIO):
    def __new__(cls, *a): print('new'); return super().__new__(cls)
s = S('a'); print(s.getvalue(), s.x, tr(lambda: S())); print(B(b'zz').read())
s = io.StringIO('abc'); s.__init__('zz'); print(s.read()); s.attr = 4; print(s.__dict__)
