# python >= 3.6
class A:
    def f(self):
        return 1

    @property
    def p(self):
        return 2

    @classmethod
    def k(cls, *a):
        return a


class B(A):
    def f(self):
        return super().f() + super(B, self).f()

    def g(self):
        s = super()
        super().__init__()
        return s.p, super().p, super().k, __class__

    @classmethod
    def k(cls, *a, **kw):
        return super().k(1, x=2) or super().k(*a, **kw)

    def nested(self):
        def inner():
            return super(__class__, self).f()
        return inner, [super(B, self).f() for _ in ()]

    def assign(self):
        super().x = 1
        del super().y


class M(type):
    def __new__(mcls, name, bases, ns, **kw):
        return super().__new__(mcls, name, bases, ns)


class C(B, metaclass=M, option=1):
    def __init_subclass__(cls, **kw): super().__init_subclass__(**kw)
