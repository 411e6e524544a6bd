"""Classes."""
from a import b as Base


class Empty:
    pass


class Documented(Base, metaclass=type, key=1):
    """   Text.

    More.
    """

    attribute = 1
    __private = attribute

    def __init__(self, x, __y=2):
        self.x = x
        self.__y = __y
        self.x = self.b = self.a = 0
        x.other = 1
        self.c, (self.d, *self.e) = x
        self.f += 1
        del self.g

        def inner():
            self.late = __y
            super().__init__()
        return inner

    def zero(self):
        return super().zero(self), super().attr, __class__

    @property
    def __mangled(self):
        return self.__private, self._Documented__x, self.__dunder__, __global

    class Nested(Empty, *Base, **{}):
        def method(self):
            self.nested = self.__x
            return lambda: __class__


@Base.decorator
@Base(
    1
)
class Decorated(*Base):
    global where
    where = 1

    def where2(self): return where


def function(local, free):
    class Local(local):
        local = local
        free2 = free
        comp = [local for x in local if free]
        gen = (local for x in local if free)
        nested = {x: [y for y in x] for x in local}

        def free(self):
            return free, local, __class__

        def __x(self, __y: __z = __z): import __m, __a.__b; from __c import __d

        for loop in local:
            def in_loop(self): pass
    return Local


class Lambda:
    f = lambda self: (setattr, __class__)
    g = [lambda: i for i in range(3)]
    h = [i for i in range(3) if (lambda: i)() if h]


class _Under:
    __x = 1


class ___:
    __x = 1
