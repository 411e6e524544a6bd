# What functions say of arguments of the wrong type, and code objects of parts that do not fit.
def f(a): return a
for source in ("str(b'', None)", "str(b'', 'a', None)", "str('', 1)", "str(b'', encoding=None)", "str(b'a', errors=None)", "f.__code__.replace(co_nlocals=3)",
               "f.__code__.replace(co_varnames=('a', 'b'))", "f.__code__.replace(co_varnames=('b',)).co_varnames", "ord(memoryview(b'ab'))", "ord([])", "ord(b'ab')",
               "ord(bytearray(b'a'))", "__import__(1)", "__import__(None)"):
    try: print(source, eval(source))
    except Exception as e: print(source, type(e).__name__, e)
