# Generators that are closed or get exceptions thrown in, StopIteration in all its forms.
import gc, sys, _weakref
def plain():
    x = 1
    while True: x = yield x
g = plain(); next(g); print(g.close(), g.gi_frame, g.gi_running, g.gi_suspended, list(g))
g = plain(); next(g); f = g.gi_frame; print(g.close(), f.f_locals, f.f_lineno - f.f_code.co_firstlineno, g.gi_frame)
g = plain(); print(g.close(), g.gi_frame)
try: g.send(1)
except StopIteration as e: print('stop', e.value, e.args)
def w():
    with C(): yield 1
class C:
    def __enter__(s): print('enter'); return s
    def __exit__(s, *a): print('exit', a[0])
g = w(); next(g); g.close()
def ret():
    try: yield 1
    except GeneratorExit: return 5
g = ret(); next(g); print(g.close())
def bad():
    try: yield 1
    except GeneratorExit: yield 2
g = bad(); next(g)
try: g.close()
except RuntimeError as e: print(e)
def other():
    try: yield 1
    except GeneratorExit: raise ValueError('v')
g = other(); next(g)
try: g.close()
except ValueError as e: print(repr(e), repr(e.__context__), e.__traceback__.tb_next.tb_lineno)
def ctx():
    try: yield 1
    except GeneratorExit: print(repr(sys.exception()), sys.exception().__traceback__.tb_lineno)
g = ctx(); next(g); g.close()
def stopi():
    try: yield 1
    except GeneratorExit: raise StopIteration(3)
g = stopi(); next(g)
try: print(g.close())
except RuntimeError as e: print(e, repr(e.__cause__))
def inner():
    try: yield 1
    finally: print('inner fin')
def outer():
    yield from inner()
g = outer(); next(g); print(g.close())
def deleg():
    yield from plain()
g = deleg(); next(g); y = g.gi_yieldfrom; print(g.close(), y.gi_frame)
def thr():
    n = 0
    while True:
        try: yield n
        except ValueError: n += 1
        except KeyError: pass
        except TypeError as e: n = e
g = thr(); next(g)
print(g.throw(ValueError), g.throw(ValueError('x')), g.throw(KeyError), repr(g.throw(TypeError('q'))))
try: g.throw(OSError(1, 'z'))
except OSError as e:
    tb = e.__traceback__; n = []
    while tb: n.append((tb.tb_frame.f_code.co_name, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno)); tb = tb.tb_next
    print(n[1:])
v = ValueError('kept'); g = thr(); next(g)
print(g.throw(v), v.__traceback__ is not None and v.__traceback__.tb_lineno - thr.__code__.co_firstlineno)
def gexit():
    try:
        try: yield 1
        except ValueError: pass
    except GeneratorExit: print('ge'); raise
g = gexit(); next(g); g.close()
class S(StopIteration): pass
for a in [(), (1,), (1, 2)]:
    e = StopIteration(*a); print(e.args, e.value, repr(e)); e.value = 9; print(e.value, e.args)
    e = S(*a); print(e.args, e.value)
def raiser(a):
    class I:
        def __iter__(s): return s
        def __next__(s): raise StopIteration(*a)
    return I()
for a in [(), (1,), ((1, 2),), (1, 2)]:
    try: next(raiser(a))
    except StopIteration as e: print(e.args, e.value)
    def y():
        r = yield from raiser(a); print('r', r)
    list(y())
class R:
    def __iter__(s): return s
    def __next__(s): raise StopIteration
print(list(R()))
def tr():
    try: yield 1
    except GeneratorExit: pass
ev = []
def t(fr, e, a):
    ev.append((fr.f_code.co_name, e, a[0].__name__ if e == 'exception' else a)); return t
g = plain(); next(g); h = tr(); next(h)
sys.settrace(t); g.close(); h.close(); sys.settrace(None); print(ev)
async def co():
    await aw()
class Aw:
    def __await__(self):
        yield 1
def aw(): return Aw()
c = co(); c.send(None); print(c.close(), c.cr_frame)
for x in ret(): break
def nest():
    for x in ret():
        if x: break
    yield 'after'
print(list(nest()))
g = plain(); next(g); r = _weakref.ref(g); g.close(); del g; gc.collect(); print(r())
def selfclose():
    g.close(); yield 1
g = selfclose()
try: next(g)
except ValueError as e: print(e)
