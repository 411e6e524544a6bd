import os, sys as system
from os import path
f()
f(1, a, b)
f(*a)
f(**a)
f(a=1, b=c)
f(1, *a, 2)
f(1, *a, b=1, **c, d=2, **e)
f(*a, **b)
f(a=1, **b)
f(**a, b=1)
f(**a, **b)
f(*a, b=1)
f(x for x in y)
f(1, (x for x in y))
a.b()
a.b(1, c=2)
a.b(*c)
a.b(**c)
a.b.c(1)
os.path(1)
os.x(1, y=2)
system.x()
path.join(a)
a().b().c()
(a
 .b(1)
 .c(2,
    3)
 .d(e=1))
(a.
    b)(1)
a[0](1)
(lambda: 1)()
f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)
f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31)
a.f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29)
a.f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)
a.f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, x=28)
a.f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, x=29)
f(a=1, b=2, c=3, d=4, e=5, f=6, g=7, h=8, i=9, j=10, k=11, l=12, m=13, n=14, o=15)
f(a=1, b=2, c=3, d=4, e=5, f=6, g=7, h=8, i=9, j=10, k=11, l=12, m=13, n=14, o=15, p=16)
f(a=1, b=2, c=3, d=4, e=5, f=6, g=7, h=8, i=9, j=10, k=11, l=12, m=13, n=14, o=15, p=16, **q)
all(x for x in y)
any(x for x in y)
tuple(x for x in y)
list(x for x in y)
all([x for x in y])
any(x for x in y if z)
async def af():
    any(await x for x in y)
    all(x async for x in y)
    tuple(x for x in await y)
class C(B):
    def m(self, a):
        super().m(a)
        super().m(a, b=1)
        super().x
        super(C, self).m()
        super(C, self).x
        super(*a).x
        super(C).x
        super().__class__
        super().m(*a)
        super(
        ).m(
            a)
        (super()
         .m
         (a))
        (super()
         .x)
        super().__private
        super().x = 1
        super(x=1).y
        return super().m
    def n():
        super().x
    def o(*a):
        super().x()
    def p(self):
        def q(self): super().x
        lambda self: super().x
        [super().y for _ in self]
        del super
def s(super):
    super().x
class D(B, metaclass=M, x=1): pass
class E(*a, **b): pass
