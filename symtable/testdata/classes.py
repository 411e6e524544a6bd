"""Class scopes, __class__, super and private names."""


def decorate(x):
    return x


def outer(value, other):
    class First:
        """A docstring."""
        value = value
        global other
        seen = other

        def method(self):
            return value, super().method(), self.__private

        def explicit(self):
            return __class__

        class __Inner:
            __private = 1

            def deep(self, __argument):
                def deeper():
                    return __class__, __argument, self.__private, __dunder__
                return deeper

        def last(self):
            return other
    return First


class _:
    __name = 1


class __Leading:
    __name = 1
    import __module, __package.module
    from a import __b as __c, __d__

    def __method(self):
        try:
            pass
        except Exception as __error:
            raise __error
        global __global
        __global = __name

    for __index in range(3):
        lambda __parameter: __parameter + __index


@decorate
class Nested(*(base for base in (outer, _))):
    class Middle(outer, metaclass=_):
        def method(self):
            class Innermost(__class__):
                def method(self):
                    return super(), __class__
            return Innermost
    comprehension = [(Middle, x, super) for x in y]
    generator = ((Middle, x, super) for x in y)
    both = [lambda: (x, super) for x in y]
