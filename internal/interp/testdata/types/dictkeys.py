# Dicts that are asked for ints, strs and classes where other keys get in the way.
class I(int):
    def __hash__(self): return int.__hash__(self)
    def __eq__(self, o): log.append(('I', int(self), o)); return int.__eq__(self, o)
class S(str):
    def __hash__(self): return str.__hash__(self)
    def __eq__(self, o): log.append(('S', str(self), o)); return str.__eq__(self, o)
class H:
    def __init__(self, h, act=None): self.h, self.act = h, act
    def __hash__(self): return self.h
    def __eq__(self, o):
        log.append(('H', self.h, o))
        if self.act: self.act(o)
        return False
    def __repr__(self): return f'H({self.h})'
log = []
def show(what, f):
    log.clear()
    try: r = f()
    except Exception as e: r = (type(e).__name__, e.args)
    seen = sorted(set(map(str, log)))  # how often tables of CPython ask the same key again is its own affair
    print(what, r, *seen)
def store(d, k, v): d[k] = v; return dict(d)
def dele(d, k): del d[k]; return list(d)
for n in (0, 20, 300):
    base = {('p', i): i for i in range(n)}
    cut = lambda d: {k: v for k, v in d.items() if not isinstance(k, tuple)}
    for keys in ([H(5), 5], [5, H(5)], [H(5)], [I(5)], [True, 1.0], [1.0], [-0.0, 0], [-1, -2], [-2], [H(-2), -1], [2**61-1], [0, 2**61], [2.0**61]):
        d = dict(base)
        for i, k in enumerate(keys): d[k] = i
        for q in (5, 1, 0, -1, -2, 2**61, I(5)):
            show((n, keys, q), lambda: (d.get(q, 'no'), q in d, q not in d))
            show('i', lambda: d[q])
            show('s', lambda: cut(store(dict(d), q, 'new')))
            show('d', lambda: len(dele(dict(d), q)))
    d = dict(base); d[S('a')] = 1; d['b'] = 2
    for q in ('a', 'b', S('a'), S('b'), 'c', 'a' * 3):
        show(q, lambda: (d.get(q), q in d)); show('i', lambda: d[q]); show('s', lambda: list(cut(store(dict(d), q, 'new'))))
# a comparison that changes the dict
for act in (lambda o: d.clear(), lambda o: d.update({i: i for i in range(100)}), lambda o: d.pop(7, None)):
    for q in (lambda: d[5], lambda: 5 in d, lambda: store(d, 5, 1).get(5), lambda: d.pop(5, 'x'), lambda: d.setdefault(5, 'y')):
        d = {7: 7, H(5, lambda o: None): 1}
        for k in d:
            if isinstance(k, H): k.act = act
        show('change', lambda: (q(), len(d)))
def boom(o): raise ZeroDivisionError('boom')
d = {H(5, boom): 1}
show('boom', lambda: 5 in d); show('boom', lambda: d[5]); show('boom', lambda: store(d, 5, 1))
def br():
    if 5 in d: return 1
    return 2
show('boom', br)
for bad in ([], {}, set(), ([],)):
    show('bad', lambda: d[bad]); show('bad', lambda: bad in d); show('bad', lambda: store(d, bad, 1))
    show('bad', lambda: bad in {1}); show('bad', lambda: {}.get(bad)); show('bad', lambda: d.pop(bad))
class M(type):
    def __hash__(cls): log.append(('mh', cls.__name__)); return 1
    def __eq__(cls, o): log.append(('me', cls.__name__)); return cls is o
class A(metaclass=M): pass
class B: pass
class C(B): __hash__ = None
class D(C): __hash__ = object.__hash__
class E(B):
    def __eq__(self, o): return True
x = D()
d = {A: 1, B: 2, C: 3, x: 4}
show('types', lambda: [d[k] for k in (A, B, C, x)])
show('types', lambda: [k in d for k in (A, B, C, D, E, x, len, print, int)])
show('types', lambda: C() in d); show('types', lambda: E() in d)
B.__hash__ = lambda s: 3
show('types', lambda: {B(): 1}.get(B()))
b = B(); dd = {b: 1}
show('types', lambda: (dd[b], b in dd))
del B.__hash__
show('types', lambda: (dd.get(b), hash(b) == object.__hash__(b)))
class Dd(dict):
    def __getitem__(s, k): return 'gi'
    def __setitem__(s, k, v): log.append('si')
    def __contains__(s, k): return True
    def __missing__(s, k): return 'mi'
show('sub', lambda: (Dd()[1], 5 in Dd(), store(Dd(), 1, 2)))
class De(dict):
    def __missing__(s, k): return 'mi'
show('sub', lambda: (De()[1], De({1: 2})[1], 1 in De()))
m = {}
for i in range(50): m[i] = i; m[str(i)] = i
for i in range(0, 50, 2): del m[i]; del m[str(i)]
for i in range(50): m[i] = m.get(i, -i)
print(m)
m = {1: 1, 2: 2}; m[1] = 'obj'; m['s'] = 3; m[2] = [1]; print(m)
from _contextvars import ContextVar
v = ContextVar('v'); tok = v.set(1)
show('tok', lambda: {tok: 1}); show('fs', lambda: {frozenset([1]): 2}[frozenset([1])]); show('gen', lambda: {(i for i in ()): 1} and 1)
