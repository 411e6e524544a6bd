"""Tuples that are returned or yielded to be taken apart at once, and who sees them."""

import gc
import sys
import _weakref as weakref
def f(x, y): return x, y
def g3(x, y, z): return z, y, x
def one(x): return (x,)
class C:
    @property
    def p(self): return self, 2
    def __add__(self, o): return o, self.__class__
    def __getitem__(self, k): return k, k
    def __call__(self, x): return x, 3
    def m(self, *a, **k): return a, k
    @staticmethod
    def s(a): return a, a
    @classmethod
    def c(cls, a): return a, cls
    def __eq__(self, o): return o, 1
    def __getattr__(self, n): return n, 1
    __hash__ = None
def main():
    a, b = f(1, 2); print(a, b)
    b, a = f(a, b); print(a, b)
    a, a = f(1, 2); print(a)
    a, b, c = g3(1, 2, 3); print(a, b, c)
    a, (b, c) = f(1, f(2, 3)); print(a, b, c)
    (a, b), c = f(f(1, 2), 3); print(a, b, c)
    (a,) = one(5); print(a)
    [a] = one(6); print(a)
    x = a, b = f(8, 9); print(x, a, b)
    x = f(8, 9); a, b = x; print(x, a, b)
    a, b = x = f(8, 9); print(x, a, b)
    print((lambda t: t)((x := f(1, 2))), x)
    d = {}; d['k'], d['l'] = f(1, 2); print(d)
    l = [0, 0, 0, 0]
    i = 0
    i, l[i] = f(2, 7); print(i, l)
    o = C()
    a, b = o.p; print(a is o, b)
    a, b = o + 3; print(a, b)
    a, b = o['q']; print(a, b)
    a, b = o(4); print(a, b)
    a, b = o.m(1, 2, k=3); print(a, b)
    a, b = o.s(1); print(a, b)
    a, b = o.c(1); print(a, b)
    a, b = o == 7; print(a, b)
    a, b = o.anything; print(a, b)
    a, b = f(*(1, 2)); print(a, b)
    a, b = f(**{'x': 1, 'y': 2}); print(a, b)
    a, b = f(y=1, x=2); print(a, b)
    a, *b = g3(1, 2, 3); print(a, b)
    for w in (f, g3, one):
        try:
            a, b, c = w(*[1, 2, 3][:w.__code__.co_argcount])
            print(a, b, c)
        except ValueError as e: print(e)
        try:
            a, b = w(*[1, 2, 3][:w.__code__.co_argcount])
            print(a, b)
        except ValueError as e: print(e)
    a = b = c = d = e = 0
    def many(a, b, c, d, e): return e, d, c, b, a
    def many9(a): return a, 1, 2, 3, 4, 5, 6, 7, 8
    for _ in range(3): a, b, c, d, e = many(1, 2, 3, 4, 5); print(a, b, c, d, e)
    a, b, c, d, e, q, r, s, t = many9(0); print(a, b, c, d, e, q, r, s, t)
    l = [None]*5
    l[0], l[1], l[2], l[3], l[4] = many(*l[:0], 1, 2, 3, 4, 5); print(l)
    l[0], l[1], l[2], l[3], l[4] = many(l[4], l[3], l[2], l[1], l[0]); print(l)
    print([x + y for x, y in [f(1, 2)]], [(x, y) for i in range(3) for x, y in (f(i, i),)])
    def fin():
        try: return 1, 2
        finally: print('fin')
    a, b = fin(); print(a, b)
    def rec(n):
        if n == 0: return 0, 1
        a, b = rec(n - 1)
        return b, a + b
    print(rec(50))
    def hyp(n):
        a, b = (hyp(n - 1) if n else (0, 0))
        return a + 1, b
    print(hyp(10))
main()
glob_a, glob_b = f(3, 4); print(glob_a, glob_b)
def gen(n):
    for i in range(n): yield i, -i
def gen3(n):
    for i in range(n):
        got = yield i, -i, n
        if got is not None: print('got', got)
def loops():
    for a, b in gen(4): print(a, b)
    for a, b, c in gen3(4): print(a, b, c)
    for p in gen(3): print(p)
    g = gen(5)
    for a, b in g:
        print(a, b, next(g, None), sys.getsizeof(g) > 0)
    g = gen3(5)
    try:
        for a, b, c in g: print(g.send('s'), a, b, c)
    except StopIteration: print('stop')
    try:
        for a, b in gen3(2): print(a)
    except ValueError as e: print(e)
    try:
        for a, b, c in gen(2): print(a)
    except ValueError as e: print(e)
    print([a + b for a, b in gen(3)], {a: b for a, b in gen(3)}, sum(a for a, b in gen(4)), dict(gen(3)))
    def wrap():
        try:
            yield from gen(3)
            yield 7, 8
        finally: print('closed')
    for a, b in wrap(): print(a, b)
    for a, b in wrap():
        if a == 1: break
    def guarded():
        try:
            for i in range(3): yield i, i
        except KeyError: yield 'k', 'k'
        finally: print('end')
    g = guarded()
    for a, b in g:
        print(a, b)
        if a == 1: print(g.throw(KeyError))
    g = guarded()
    for a, b in g: print(a, g.gi_frame.f_lineno > 0, g.gi_frame.f_locals['i'], g.gi_running, g.gi_suspended); 
    def inexc():
        try: raise ValueError(1)
        except ValueError:
            for i in range(3): yield i, sys.exception()
    for a, b in inexc(): print(a, repr(b), sys.exception())
    try: raise KeyError(2)
    except KeyError:
        for a, b in gen(2): print(a, repr(sys.exception()))
        for a, b in inexc(): print(a, repr(b), repr(sys.exception()))
    for (a, b), c in ((x, 1) for x in gen(3)): print(a, b, c)
    for d[0], d[1] in gen(3): print(d)
    for i, (a, b) in enumerate(gen(3)): print(i, a, b)
    def self():
        yield 1, 2
        try: next(me); 
        except ValueError as e: print(e)
        yield 3, 4
    me = self()
    for a, b in me: print(a, b)
d = {}
loops()
class W: pass
def weak():
    def mk():
        w = W(); refs.append(weakref.ref(w)); return w, 1
    refs = []
    a, b = mk(); del a; gc.collect(); print(refs[0]() is None)
    def gm():
        for i in range(3):
            w = W(); refs.append(weakref.ref(w)); yield w, i; del w
    for a, b in gm():
        del a
        gc.collect()
        print(b, [r() is None for r in refs])
    gc.collect(); print([r() is None for r in refs])
weak()
ev = []
def tr(fr, e, arg):
    if fr.f_code.co_name in ('f', 'traced', 'gen'): ev.append((fr.f_code.co_name, e, fr.f_lineno - fr.f_code.co_firstlineno, arg if e == 'return' else None))
    return tr
def traced():
    a, b = f(1, 2)
    for a, b in gen(2): pass
    sys.settrace(tr)
    a, b = f(1, 2)
    for a, b in gen(2): pass
    sys.settrace(None)
    a, b = f(1, 2)
    for a, b in gen(2):
        sys.settrace(tr if a == 0 else None)
sys.settrace(tr); traced(); sys.settrace(None)
sys.setprofile(tr); traced(); sys.setprofile(None)
traced()
for e in ev: print(e)
def names():
    fr = sys._getframe(); return fr, fr.f_lineno
a, b = names(); print(a.f_code.co_name, a.f_locals.keys(), b - a.f_lineno)
def rebind():
    def k(): return 1, 2
    for i in range(3):
        a, b = k(); print(a, b)
        if i == 1: k.__code__ = (lambda: [5, 6]).__code__
rebind()
exec('a, b = f(1, 2); print(a, b)\nfor a, b in gen(2): print(a, b)')
class K:
    x, y = f(1, 2)
    for i, j in gen(2): print(i, j)
print(K.x, K.y, K.i)
