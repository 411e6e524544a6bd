"""Calls, displays, subscripts, operators, assignments."""
f()
f(1, *a, 2, *b, k=1, **c, l=2, **d)
f(*a), f(**a), f(*a, **b), f(k=1), f(1, k=1), f(*a, k=1), f(x for x in a)
a.m(), a.m(1, k=2), a.m(*b), a.b.c(1)(2)[3](k=4), super().m(), super(A, a).m(1)
f(a,
  b)(c
     )(
    d=1)
a.method(
    b).other(
        c)
print(*a, sep="")
f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32)
f(a=1, b=2, c=3, d=4, e=5, f=6, g=7, h=8, i=9, j=10, k=11, l=12, m=13, n=14, o=15, p=16, q=17, r=18)

[], (), {}, [a], (a,), {a}, {a: b}, [*a], (*a,), {*a}, {**a}
[*a, b, *c], (b, *a), {a, *b}, {a: 1, **b, c: 2, **{}}
[1, 2, 3, a], {1: a, 2: b, 3: c, 4: d, 5: e, 6: f, 7: g, 8: h, 9: i, 10: j, 11: k, 12: l, 13: m, 14: n, 15: o, 16: p, 17: q}
a[1], a[b], a[1:2], a[b:c], a[::], a[1:2:3, ...], a[b:c, d], a[*b], a[-1], a[()], a[b:], a[:c]
a[1] = a[b:c] = a[1:2] = a.b = b, c = d, *e = [f, *g] = (h)
a += 1; a.b -= 2; a[b] *= 3; a[b:c] /= 4; a[1:2] //= 5
a @= b; a %= b; a **= b; a <<= b; a >>= b; a &= b; a |= b; a ^= b
a + b - c * d / e // f % g @ h ** i << j >> k & l | m ^ n
-a, +a, ~a, not a, a < b, a > b, a <= b, a >= b, a == b, a != b, a is b, a is not b, a in b, a not in b
a < b < c, a in b in c, a == (b < c) == d
a and b, a or b, a and (b or c), not (a and b), a if b else c
del a, b.c, d[e], f[g:h], (i, [j])
(a := b), [(a := b), a], f(a := b)
x, = a
(x, y), [z, *w] = a, b
x, y = y, x
x, y, z = z, x, y
x, y = 1, 2
x, *y, z = a


def fast(a, b, c):
    a, b = b, a
    a, b, c = c, a, b
    a.x, b[0] = c, a
    x = a; y = b; del x
    a[b] += c
    c = a.b.c(b, c).d
    return a, b, c, y, a[1], a[-1], a[b:c], [a, b], lambda *a, b=c, **k: (a, b, k)


@decorator
@decorator.other(1)
@(lambda f: f)
def decorated(a=1, *, b=f()): pass


@decorator
class Decorated(Base, *bases, key=1, **keys): pass


import a, b.c, d.e as f, g as h
from . import a
from .. import b as c
from .a.b import c, d as e
from a import *
raise
raise a
raise a from b
global_name: int
lambda: (yield)
a; b; c
