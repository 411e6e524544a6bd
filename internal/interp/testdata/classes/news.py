"""Classes that make their instances by a __new__ in Python: what it returns, and when __init__ is called then."""

import sys


class Point(tuple):
    __slots__ = ()

    def __new__(cls, x, y=2, *rest, unit="m"):
        self = tuple.__new__(cls, (x, y, *rest, unit))
        x = y = rest = unit = cls = None
        return self


def attempt(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print(Point(1), Point(1, 3, 4, unit="km"), Point(y=7, x=8), Point(*range(5)))
print(attempt(Point), attempt(Point, 1, z=3), attempt(lambda: Point(1, x=2)))


class Shape:
    def __new__(cls, sides, colour="red"):
        if sides == 0:
            return "none"
        if sides == 4:
            made = object.__new__(Square)
        else:
            made = object.__new__(cls)
        sides, colour, cls = -1, -1, None
        return made


class Square(Shape):
    def __init__(self, sides, colour="blue"):
        self.what = sides, colour
        if colour == "bad":
            raise ValueError(colour)
        if colour == "odd":
            return 7


def shapes(n):
    for i in range(n):
        yield Shape(i)
        if i == 4:
            s = Shape(4, colour="green")
            yield s, s.what


for s in shapes(6):
    print(s if isinstance(s, (str, tuple)) and not isinstance(s, Shape) and s == "none" else type(s).__name__, getattr(s, "what", None))
print(Shape(4).what, Shape(4, "x").what, Shape(colour="y", sides=4).what, attempt(Shape, 4, "bad"), attempt(lambda: Shape(4, "odd")))


class Late:
    made = 0

    def __new__(cls, *args):
        cls.made += 1
        if cls.made == 3:
            cls.__init__ = lambda self, *args: setattr(self, "args", args)
        return object.__new__(cls)


print([vars(Late(i)) for i in range(5)])
del Late.__init__
print(vars(Late(9)))
Late.__new__ = lambda cls, *args: args
print(Late(1, 2))
del Late.__new__
print(attempt(Late, 1))


class Lazily:
    def __new__(cls, n):
        yield n


print(list(Lazily(3)))


class Meta(type):
    @property
    def __new__(cls):
        return lambda *args: ("metaclass", *args[1:])


Hidden = type.__new__(Meta, "Hidden", (), {"__new__": staticmethod(lambda cls, *args: "own")})
print(Hidden(1))


class Failing:
    def __new__(cls, x):
        return 1 // x


try:
    Failing(0)
except ZeroDivisionError as e:
    tb, names = e.__traceback__, []
    while tb:
        names.append(tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    print(names)

calls = []
sys.setprofile(lambda frame, event, arg: calls.append((event, frame.f_code.co_name)))
Point(1)
Shape(4)
sys.setprofile(None)
print([c for c in calls if c[0] in ("call", "return")])


def deep(n):
    class Deep:
        def __new__(cls, n):
            return Deep(n - 1) if n else object.__new__(cls)

    return Deep(n)


print(type(deep(50)).__name__, attempt(deep, 100000))
