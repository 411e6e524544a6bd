# Dicts that displays and calls make: order, doubled keys, keys that compare in Python, what is left unchanged.
log = []


class K:
    def __init__(self, n, h=None):
        self.n = n
        self.h = h

    def __hash__(self):
        log.append(('hash', self.n))
        return self.n if self.h is None else self.h

    def __eq__(self, o):
        log.append(('eq', self.n))
        if isinstance(o, K):
            return self.n == o.n
        return self.n == o

    def __repr__(self):
        return f'K({self.n})'


class S(str):
    def __hash__(self):
        log.append('shash')
        return str.__hash__(self)

    def __eq__(self, o):
        log.append('seq')
        return str.__eq__(self, o)


def show(*a):
    print(*a, log)
    log.clear()


a = 'ab'
b = ''.join(['a', 'b'])
show({a: 1, b: 2, 'c': 3, a: 4})
show({'': 0, 0: 1, False: 2, 0.0: 3, 'x': 4})
show({'a': 1, 1: 2, 'b': 3, 1.0: 4, None: 5, (1,): 6, 'a': 7})
show({K(1): 1, 'a': 2, K(1): 3, 'a': 4})
show({'ab': 1, S('ab'): 2, 'c': 3})
show({S('ab'): 1, 'ab': 2, 'c': 3})
show({'a': 1, 'b': 2, 'c': 3, 'd': 4, 'e': 5, 'f': 6, 'g': 7, 'h': 8, 'i': 9, 'a': 10, 'j': 11})
try:
    {'a': 1, []: 2}
except TypeError as e:
    show(e)

d = {'x': 1, 'y': 2}
e = {**d}
e['z'] = 3
show(d, e)
show({**d, 'x': 5, 'q': 6}, d)
show({'x': 0, **d, 'y': 9})
show({**d, **e, **{}})
show({**{}, 'a': 1})
show({**d, K(1): 1, K(1): 2})
k = K('x', hash('x'))
dk = {k: 1}
log.clear()
show(len({**dk, 'x': 2, 'y': 3}))
show({**d, **{'x': 7}}, {**{'a': 1, 'b': 2}, 'b': 3, 'a': 4})
try:
    {**d, **3}
except TypeError as e2:
    show(e2)


class M:
    def keys(self):
        log.append('keys')
        return ['x', 'm']

    def __getitem__(self, k):
        log.append(k)
        return k * 2


show({**M(), 'x': 1})
show({**d, **M()})
f = {'a': 1}
g = {**f}
f['a'] = 2
del f['a']
f['n'] = 3
show(f, g)
deleted = {'a': 1, 'b': 2, 'c': 3}
del deleted['b']
show({**deleted, 'b': 0}, dict(deleted), deleted.copy())
numbers = {1: 1, 2: 2}
show({**numbers, 3: 'x'}, {**numbers, 'k': 3}, dict(numbers))
big = {i: i for i in range(100)}
show({**big, 'a': 1} == big, len({**big, 'a': 1}), dict(big) == big)
ints = dict(numbers)
ints['s'] = []
show(ints, numbers)

# dict()
show(dict(), dict([]), dict([(1, 2)]), dict(a=1, b=2), dict({'a': 0}, b=1, a=2), dict([('a', 1)], a=3))
for bad in ((1,), (1, 2), ([1],), ([(1, 2, 3)],)):
    try:
        dict(*bad)
    except (TypeError, ValueError) as x:
        show(type(x).__name__, x)


class D(dict):
    def __init__(self, *a, **k):
        log.append((a, k))
        super().__init__(*a, **k)


show(D({'a': 1}), type(dict(D(a=1))).__name__, dict(D(a=1)))


# Keywords of calls
def kw(**k):
    return k


def akw(a, b=2, *c, d=4, **k):
    return a, b, c, d, k


def fwd(*a, **k):
    return akw(*a, **k)


def keep(**k):
    kept.append(k)
    return inner(**k)


def inner(**k):
    k['more'] = 1
    return k


kept = []
show(kw(), kw(a=1), kw(b=1, a=2), kw(**{'z': 1, 'y': 2}), kw(q=0, **{'z': 1}))
show(akw(1), akw(1, x=2), akw(a=1, d=5), akw(1, 2, 3, x=4, d=6, y=7), akw(b=1, a=2, z=3))
show(fwd(1), fwd(1, x=2), fwd(a=1, d=5), fwd(1, 2, 3, x=4, d=6, y=7), fwd(b=1, a=2, z=3, y=4, x=5, w=6, v=7))
show(keep(a=1), keep(b=2), kept)
for call in ('akw()', 'akw(1, a=2)', 'akw(x=1)', 'kw(1)', 'fwd(1, a=1)', 'fwd(x=1)', 'kw(**{1: 2})', 'kw(a=1, **{"a": 2})',
             'kw(**{S("b"): 3, "b": 4})', 'akw(**{"b": 1, "x": 2})', 'inner(1, 2, x=3)'):
    try:
        show(call, eval(call))
    except TypeError as x:
        show(call, x)
first = kw(a=1, b=2, c=3)
second = kw(a=4, b=5, c=6)
first['a'] = 'changed'
show(first, second)


def gen(a, **k):
    yield a
    yield k


def fgen(*a, **k):
    return gen(*a, **k)


g1, g2 = fgen(1, x=2), fgen(3, y=4)
show(list(g1), list(g2))


# One instruction, several classes: properties, fields of builtin types, bound methods, slots and class attributes in turns.
class A:
    p = property(lambda self: 'A.p')
    v = 'A.v'

    def m(self):
        return 'A.m'


class B(A):
    p = 'B.p'


class C:
    def __init__(self):
        self.p = 'C.p'
        self.v = 'C.v'
        self.m = lambda: 'C.m'


class E:
    __slots__ = ('p', 'v')

    def m(self):
        return 'E.m'

    def __init__(self):
        self.p = 'E.p'
        self.v = 'E.v'


class F(A):
    @property
    def v(self):
        return 'F.v'

    @classmethod
    def m(cls):
        return cls.__name__


class G:
    class p:
        def __get__(self, o, t):
            return 'G.p'

        def __set__(self, o, x):
            pass
    p = p()

    def __getattr__(self, name):
        return lambda: 'G.' + name


def look(x):
    r = x.p, x.v if not callable(x.v) else x.v(), x.m(), x.__class__.__name__
    h = x.m
    return r + (h(),)


objs = [A(), B(), C(), E(), F(), G(), B(), A()]
for turn in range(4):
    for o in objs + objs[::-1]:
        show(look(o))
    if turn == 1:
        A.p = property(lambda self: 'new A.p')
        B.p = property(lambda self: 'new B.p')
        F.m = staticmethod(lambda: 'static')
    if turn == 2:
        objs[0].__dict__['v'] = 'own'
        del B.p
        E.m = lambda self: 'new E.m'
        type(objs[5]).p = 5


def names(classes):
    return [(c.__name__, c.v if hasattr(c, 'v') else None, c.m) for c in classes]


for turn in range(3):
    print([(n, v if isinstance(v, (str, type(None))) else type(v).__name__, type(m).__name__) for n, v, m in names([A, B, F, A, F])])
    A.v = turn

print([x / y for x, y in ((1, 3), (-7, 2), (2**53, 3), (2**53 + 1, 1), (2**62, 7), (0, -5), (True, 2), (-2**63, 3), (9007199254740993, 2))])
for x, y in ((1, 0), (0, 0), (2**60, 0)):
    try:
        x / y
    except ZeroDivisionError as z:
        print(z)


# Dicts of displays that get a name
def named1(d):
    r = {**d, **(m := {'a': 1, 'b': 2})}
    return r, m


def named2(d):
    r = {**d, **(m := {})}
    return r, m


def named3(d):
    r = {**(m := {'q': 1}), 'z': 2, **d}
    m['n'] = 1
    return r, m


def named4(d):
    r = {**(m := d), 'z': 2}
    m['n'] = 1
    return r, m


def named5():
    r = {**(m := {**(n := {'a': 1}), 'b': 2}), **n}
    m['x'] = n['y'] = 1
    return r, m, n


for named in (named1, named2, named3, named4):
    print(named({'x': 1}))
print(named5())
