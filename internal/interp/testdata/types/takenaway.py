# What errors of encodings, iterators and imports do where a program has taken away what they need.
import sys, builtins
import _codecs as codecs


def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
for cls in (UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError):
    x = cls.__new__(cls)
    for n in ("strict", "ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace", "surrogateescape", "surrogatepass"):
        t(lambda: codecs.lookup_error(n)(x))
    t(lambda: str(x)); t(lambda: repr(x)); t(lambda: x.object); t(lambda: x.start); t(lambda: x.reason)
    for f in ("object", "start", "end", "reason", "encoding"):
        try: delattr(x, f)
        except Exception as e: print(f, e)
    t(lambda: str(x))
    x = cls(*(("utf-8", b"abc", 1, 2, "r") if cls is UnicodeDecodeError else ("utf-8", "abc", 1, 2, "r") if cls is UnicodeEncodeError else ("abc", 1, 2, "r")))
    for f in ("object", "start", "end", "reason", "encoding"):
        try: delattr(x, f)
        except Exception as e: print(f, e)
        t(lambda: str(x))
        for n in ("strict", "ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace", "surrogateescape", "surrogatepass"):
            t(lambda: codecs.lookup_error(n)(x))
def h(e):
    del e.object
    return "x", e.end
codecs.register_error("del", h)
t(lambda: b"a\xff".decode("utf-8", "del"))
t(lambda: "a\udc80".encode("utf-8", "del"))
t(lambda: "a\u3000".encode("latin-1", "del"))
it = iter(bytearray(b"1"))
it2 = iter([1]); it3 = iter({1:2}); it4=iter("ab"); it5=iter(range(3)); it6=reversed([1]); it7=iter(b"a"); it8=iter({1}); it10=enumerate([1]); it11=reversed((1,2)); it12 = iter(lambda: 1, 2)
old = builtins.iter, builtins.reversed
def rt(i):
    try: r = i.__reduce__()
    except Exception as e: return type(e).__name__, str(e)
    return repr(r)[:25]
del builtins.iter, builtins.reversed
res = [rt(i) for i in (it, it2, it3, it4, it5, it6, it7, it8, it10, it11, it12)]
builtins.iter, builtins.reversed = old
for r in res: print(r)

bi = builtins.__import__
del builtins.__import__


def imports():
    import atexit


t(imports)
builtins.__import__ = bi
bc = builtins.__build_class__
del builtins.__build_class__


def classes():
    class A:
        pass


t(classes)
builtins.__build_class__ = bc
