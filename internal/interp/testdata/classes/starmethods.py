"""Methods called with * and **, which are not bound for it: descriptors, super, messages, what arguments change, tracing and profiling that begin in between."""
import sys
class D:
    def __get__(self, o, c): print('get', type(o).__name__); return lambda *a, **k: ('D', a, k)
class A:
    d = D()
    x = 5
    def m(self, *a, **k): return (type(self).__name__, a, k)
    @classmethod
    def c(cls, *a, **k): return (cls.__name__, a, k)
    @staticmethod
    def s(*a, **k): return (a, k)
    @property
    def p(self): return self.m
    def __getattr__(self, n):
        if n == 'zz': raise AttributeError('no ' + n)
        return lambda *a, **k: (n, a, k)
class B(A):
    def m(self, *a, **k): return super().m(*a, 'B', **k)
    @classmethod
    def c(cls, *a, **k): return super().c(*a, **k)
    def d2(self, *a): return super().d(*a)
    def q(self, *a): return super().zz(*a)
a, b = A(), B()
b.m2 = b.m
t = (1, 2); k = {'y': 3}; e = ()
for o in (a, b):
    print(o.m(*t), o.m(*t, **k), o.m(0, *t, z=3, **k), o.m(*e), o.c(*t, **k), o.s(*t, **k), o.d(*t), o.p(*t), o.other(*t, **k))
print(b.m2(*t), b.d2(*t))
def tr(f):
    try: return f()
    except Exception as e: return type(e).__name__, str(e)
print(tr(lambda: b.q(*t)), tr(lambda: a.zz(*t)), tr(lambda: a.x(*t)), tr(lambda: None.foo(*t)))
print(tr(lambda: a.m(*5)), tr(lambda: a.m(**5)), tr(lambda: a.m(*t, **{1: 2})), tr(lambda: a.m(y=2, **k)), tr(lambda: [].append(*t)), tr(lambda: [].append(**k)), tr(lambda: [].sort(x=1, **{'x': 2})))
class C:
    def f(self, x): return x
c = C()
print(tr(lambda: c.f(*t)), tr(lambda: c.f(*e)), tr(lambda: c.f(*e, **k)), tr(lambda: c.f(*[9])), tr(lambda: c.f(**{'x': 4})))
# what the arguments change
def change(): C.f = lambda self, x: ('new', x); return (7,)
print(c.f(*change()), c.f(*(1,)))
def cond(z): return c.f(*((1,) if z else (2,)), **({} if z else {}))
print(cond(0), cond(1))
def nest(): return c.f(*(c.f(*(c.f(*(1,)),)),))
print(nest())
def comp(): return c.f(*[x for x in (3,)])
print(comp())
def gen():
    r = c.f(*(yield 1)); yield r
g = gen(); next(g); print(g.send((8,)))
print('x'.join(*[['a', 'b']]), '{} {y}'.format(*t, **k), {}.get(*(1, 2)), dict.fromkeys(*([1], 2)), int.from_bytes(*[b'a', 'big']), str.upper(*['x']))
class L(list):
    def append(self, *a): return super().append(*a)
l = L(); l.append(*[1]); print(l, tr(lambda: l.append(*[1, 2])))
def trace():
    # tracing that begins in the middle of the arguments
    ev = []
    def tf(f, w, arg):
        ev.append((f.f_code.co_name, w)); return tf
    def on(): sys._getframe(1).f_trace = tf; sys.settrace(tf); return (1,)
    r = c.f(*on()); sys.settrace(None)
    return r, ev
print(trace())
def prof():
    ev = []
    def pf(f, w, arg): ev.append((w, getattr(arg, '__qualname__', None) if w.startswith('c_') else None))
    def on(): sys.setprofile(pf); return (1,)
    q = []
    q.append(*on()); q.append(*(2,)); c.f(*(1,)); q.append(*(3,)); sys.setprofile(None)
    return q, ev
print(prof())
def prof2():
    ev = []
    def pf(f, w, arg): ev.append((w, f.f_code.co_name))
    def on(): sys.setprofile(pf); return {'key': None}
    q = [2, 1]
    q.sort(**on()); q.sort(*(), **{}); sys.setprofile(None)
    return q, ev
print(prof2())
class K:
    def keys(self): sys.settrace(lambda *a: None); return ['y']
    def __getitem__(self, k): return 4
def kk(f): return f(*t, **K())
print(kk(a.m), kk(a.s)); sys.settrace(None)
def kk2(): return a.m(*t, **K())
print(kk2()); sys.settrace(None)
def gens():
    class G:
        def it(self, *a):
            for x in a: yield x
    g = G()
    for x in g.it(*t):
        if x == 1: continue
    r = [*g.it(*t)], list(g.it(*t)), sum(g.it(*t))
    return r
print(gens())
