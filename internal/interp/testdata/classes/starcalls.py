"""Calls with * and ** of every kind of callable, and what they leave alone; classes called with keywords."""
class M:
    def m(self, *a, **k): return ('m', a, k)
    def __call__(self, *a, **k): return ('call', a, k)
    @classmethod
    def c(cls, a, b=2): return ('c', a, b)
class N:
    def __init__(self, a, b=1, *, c=3): self.v = (a, b, c)
def f(a, b=5, *r, c=7, **k): return (a, b, r, c, k)
def gen(a, b): yield a; yield b
def go(a, k):
    x, y, z = 1, 2, 3
    q = [x, (y, M().m(*a, **k), z), M()(*a, **k), N(*a, **k).v, f(*a, **k), M.c(*a), len(*(a[:1],)), max(*a, *a), M().m(*a)]
    p = 4
    return q, x, y, z, p
def g2(a, k):
    yield M().m(*a, **k)
    yield N(*a, **k).v
    yield f(*a, **k)
    yield sorted(*(a,), **{'reverse': True})
    yield list(gen(*a))
for _ in range(3):
    print(go((1, 2), {'c': 9}))
    print(list(g2((3, 4), {'c': 1})))
big = tuple(range(5000))
def v(*a, **k): return len(a), len(k)
print(v(*big), v(*big, **{'k%d' % i: i for i in range(3000)}), M().m(*big)[1][-1], max(*big))
def rec(n, *a, **k):
    return n if n == 0 else rec(n - 1, *a, **k) + len(a)
print(rec(300, 1, 2, 3, x=1))
for bad in (lambda: f(**{1: 2}), lambda: f(*5), lambda: f(1, **5), lambda: f(**{'a': 1, 'z': 2}, **{'a': 3}), lambda: N(**{'q': 1}), lambda: M().c(), lambda: len(**{'x': 1}), lambda: len(*(1, 2))):
    try: print(bad())
    except TypeError as e: print(e)
k = {'c': 1}
def keep(**kw): kw['new'] = 1; return kw
print(keep(**k), k)
class It:
    def __iter__(self): k['late'] = 1; return iter((1, 2))
print(f(*It(), **k), k)
class AMeta(type): pass
class AB(metaclass=AMeta):
    def __init__(self, x, y=2): self.v = (x, y)
print(AB(1).v, AB(*(1,), **{'y': 5}).v, AB(x=3).v)
class E1(Exception):
    def __init__(self, a, b=0): self.b = b
print(repr(E1(1, b=2)), E1(*(3,)).args, E1(a=1).args, E1(4, 5).b)
class L(list):
    def __init__(self, a, *, n=1): super().__init__(a * n)
print(L([1], n=3), L(a=[2]), type(L([])))
class NewOdd:
    def __new__(cls, a): return a
    def __init__(self, a): 1/0
print(NewOdd(3))
class D(dict):
    def __init__(self, x): self.x = x
print(D({1: 2}), D(5).x)
class I(int):
    def __init__(self, *a): self.a = a
print(I('12').a, I(3) + 1)
class Bad(Exception):
    def __init__(self): return 5
try: Bad()
except TypeError as e: print(e)
class Eg(ExceptionGroup):
    def __init__(self, *a): self.z = a
print(Eg('x', [ValueError(1)]).z, type(BaseExceptionGroup('x', [ValueError(1)])))
try: E1()
except TypeError as e: print(e)
class Meta(type):
    def __call__(cls, *a): return ('meta', a, super().__call__(*a))
class Mc(metaclass=Meta):
    def __init__(self, *a): pass
    def __repr__(self): return 'Mc'
print(Mc(1, 2))


# Arguments before a star: the lists that they are put together in are used again, whatever happens on the way.
def given(*a):
    return a


class Keeps:
    def __init__(self, *a):
        self.a = a

    def m(self, *a, **k):
        return a, k


class Breaks:
    def __iter__(self):
        yield 1
        raise ValueError


class Nested:
    """Iterating makes calls of the same kind."""

    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return iter(given(self.n, *Nested(self.n - 1)) if self.n else ())


def stars(args, more):
    c = Keeps(1, *args)
    print(given(0, *args), given(*args, *more), c.a, c.m(2, *args), c.m(*args, 3, **{"x": 1}), max(1, 0, *args), given(*[1, 2]), [0, *args], (0, *args))
    print(given(9, *given(8, *args)), given(given(1, *args), *given(2, *more)))
    for i in range(7):
        try:
            given(i, *Breaks())
        except ValueError:
            pass
    try:
        given(1, *5)
    except TypeError as e:
        print(e)
    items = [4, 5]
    x = given(1, *items)
    items.append(3)
    print(x, items, given(*items), given(1, *items, *items))
    print(given(1, *range(100))[-1], sum(given(1, *range(100))))
    items.append(given(1, *items, 2, *items))
    print(items)


stars((1, 2), (3,))
stars((), ())
print(given(1, *Nested(9)))


def longer(a):
    while len(a) < 200:
        a = given(1, *a)
    return len(a)


print(longer(()))
