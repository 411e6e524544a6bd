"""Attributes of objects of many classes and shapes at the same places of a program: what caches must notice."""
class A:
    n = 0
    def __init__(self, i):
        self.i = i
        A.n += 1
    def who(self): return 'A', self.i
class B(A):
    def who(self): return 'B', self.i
class C(A):
    __slots__ = ('z',)
    def __init__(self, i):
        self.z = i
        super().__init__(i)
class D:
    __slots__ = ('i', 'w')
    n = 7
    def __init__(self, i): self.i = i
    def who(self): return 'D', self.i
class E(A):
    @property
    def i(self): return self.__dict__['j']
    @i.setter
    def i(self, v): self.__dict__['j'] = v * 2
class F(A):
    def __getattr__(self, name): return name
class G(A):
    def __setattr__(self, k, v): object.__setattr__(self, k, v + 1)
def look(o):
    return o.i, o.n, o.who(), o.who.__name__
def put(o, v): o.i = v
objs = []
for r in range(30):
    for cls in (A, B, C, D, E, F, G):
        o = cls(r)
        if r % 3 == 0 and cls is not D: o.extra = 1
        if r % 5 == 0 and cls is A: o.who = lambda: 'own'
        if r % 7 == 0 and cls is not D: o.n = -r
        objs.append(o)
out = []
for k in range(3):
    for j, o in enumerate(objs):
        put(o, j)
        out.append(look(o))
    if k == 0: B.who = lambda self: 'B2'
    if k == 1: A.n = property(lambda self: 'prop'); D.n = 'changed'
print(len(out), out[::37])
class V: x = 1
class W(V): pass
def rd(): return V.x, W.x, W().x, V().x
for i in range(10):
    V.x = i
    if i == 4: W.x = 'w'
    if i == 6: del W.x
    if i == 7: V.x = property(lambda s: 'p')
    if i == 8: V.x = [i]
    print(rd() if i != 7 else (W().x, V().x))
del V.x
try: rd()
except AttributeError as e: print(e)
V.x = 3
print(rd(), hasattr(W, 'x'))
V.x = 4
print(rd(), getattr(W, 'x'), vars(V)['x'])
class Grow: pass
gs = []
for i in range(40):
    g = Grow()
    for k in range(i): setattr(g, 'a%d' % k, k)
    gs.append(g)
print([len(g.__dict__) for g in gs], [sum(getattr(g, 'a%d' % k) for k in range(i)) for i, g in enumerate(gs)])
class Mixed:
    __slots__ = tuple('s%02d' % i for i in range(30)) + ('__dict__',)
m = []
for i in range(5):
    o = Mixed()
    for k in range(30): setattr(o, 's%02d' % k, k)
    for k in range(i * 3): setattr(o, 'd%d' % k, k)
    m.append(o)
print([(o.s00, o.s29, sorted(o.__dict__)) for o in m])
class S1: __slots__ = ('a', '__dict__')
class S2: __slots__ = ('a', '__dict__')
o = S1(); o.a = 1; o.b = 2
for i in range(10):
    p = S2(); p.a = i
    for k in range(i): setattr(p, 'q%d' % k, k)
o.__class__ = S2
print(o.a, o.b, S2().__dict__)
p = S2(); p.a = 5; p.__dict__; p.c = 1; p.a += 1
print(p.a, p.c)
match_out = []
class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
class Q(P):
    @property
    def y(self): return 'py'
    @y.setter
    def y(self, v): pass
class R(P):
    def __getattr__(self, n): return 'g' + n
def m1(o):
    match o:
        case P(1, y): return ('one', y)
        case P(x=a, z=b): return ('z', a, b)
        case P(a, b): return (a, b)
        case {'k': 1, 'j': w, **rest}: return w, rest
        case {'k': v}: return v
        case [x, 'a', *_]: return x
    return None
for o in (P(1, 2), P(3, 4), Q(1, 5), Q(6, 7), R(1, 2), R(8, 9), {'k': 1, 'j': 2, 'm': 3}, {'k': 5}, {}, [1, 'a'], ['x', 'a', 2], 5, 'ab'):
    match_out.append(m1(o))
print(match_out)
def it(xs):
    r = []
    i = iter(xs)
    for x in i: r.append(x)
    xs.append(99) if isinstance(xs, list) else None
    r.append(list(i)); r.append(next(i, 'end'))
    return r
print(it([1, 2]), it((1, 2)), it([]), it(()))
print([c for c in 'héllo'], 'héllo'[1], 'abc'[-1], [s[i] for s in ('abc', 'hé') for i in (0, -1)])
try: 'abc'[3]
except IndexError as e: print(e)
