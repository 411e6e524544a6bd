class Empty(object): pass
class Old: pass


class Base(object):
    """Doc."""
    a = 1
    b = a + 1
    c = [x for x in (1, 2)]

    def __init__(self, x):
        self.x = x

    @property
    def prop(self):
        return self.x

    @prop.setter
    def prop(self, v):
        self.x = v

    @staticmethod
    def static():
        return Base

    @classmethod
    def klass(cls):
        return cls

    class Nested(object):
        class Deeper(object):
            def f(self):
                return self
    del b


class Derived(Base, Empty):
    __slots__ = ("x", "y")
    a = Base.a
    if a:
        def conditional(self): pass
    else:
        conditional = None
    for name in __slots__:
        a = name


def local():
    class L(Derived):
        def method(self):
            return super(L, self)
    return L
