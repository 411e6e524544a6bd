# Handled exceptions whose traceback is put off, seen by what is called meanwhile.
import sys
def walk(tb):
    names = []
    while tb: names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno)); tb = tb.tb_next
    return names
def chain(e): return e and (type(e).__name__, walk(e.__traceback__), chain(e.__context__))
def f(d, k):
    try: return d[k]
    except KeyError: pass
    return 'none'
print(f({}, 1))
def show():
    e = sys.exception(); return type(e).__name__, walk(e.__traceback__) if e else None
def g(d, k):
    try: return d[k]
    except KeyError: return show()
print(g({}, 1))
def deep(n):
    if n: return deep(n-1)
    raise ValueError('deep')
def h():
    try: deep(3)
    except ValueError:
        x = show(); y = show()
        try: deep(1)
        except ValueError: z = show()
        return x, y, z, show()
print(h())
def rr():
    try: deep(2)
    except ValueError:
        print('handled'); raise
try: rr()
except ValueError as e: print(chain(e))
def ctx():
    try: {}[1]
    except KeyError: raise IndexError('x')
try: ctx()
except IndexError as e: print(chain(e))
def nested():
    try:
        try: {}['a']
        except KeyError: 1/0
    except ZeroDivisionError:
        e = sys.exception(); return type(e.__context__).__name__, e.__context__.__traceback__ is not None, e.__context__.__traceback__.tb_lineno - nested.__code__.co_firstlineno
print(nested())
def callee():
    try: [][1]
    except IndexError: return sys.exc_info()[1].__context__, sys.exception().__traceback__.tb_frame.f_code.co_name
def outer():
    try: {}['q']
    except KeyError: return callee()
c, n = outer(); print(repr(c), n, walk(c.__traceback__))
def gen():
    try: {}['g']
    except KeyError:
        yield show(); yield show()
print(list(gen()))
def fin():
    try:
        try: {}['f']
        except KeyError: pass
        finally: r = show()
        return r, show()
    except: pass
print(fin())
class C:
    def __enter__(s): return s
    def __exit__(s, *a): print(a[0] and a[0].__name__, a[2] and a[2].tb_frame.f_code.co_name, sys.exception() is a[1]); return True
def wi():
    with C(): {}['w']
    with C(): deep(1)
    return sys.exception()
print(wi())
def tup(x):
    try: int(x)
    except (TypeError, ValueError): return 'bad', chain(sys.exception())
    return 'ok'
print(tup('x'), tup(None), tup(1))
def loop():
    n = 0
    for i in range(5):
        try: [1, 2][i]
        except IndexError: n += 1; continue
    return n, sys.exception()
print(loop())
def bare():
    try: 1/0
    except: print(chain(sys.exception()))
bare()
def star():
    try: raise ExceptionGroup('g', [KeyError(1), ValueError(2)])
    except* KeyError: print(show())
    except* ValueError: print(show())
star()
def lo():
    x = 1
    try: {}['z']
    except KeyError: f = sys.exception().__traceback__.tb_frame; return f.f_locals['x'], f is sys._getframe()
print(lo())
def rethrow():
    try:
        try: deep(0)
        except ValueError:
            try: raise
            except ValueError: return show()
    finally: pass
print(rethrow())
def del_(): 
    class D:
        def __del__(s): pass
    try: raise KeyError(D())
    except KeyError: return 1
print(del_())
