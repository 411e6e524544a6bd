"""What functions have from the globals that they are made with, and lists and tuples that are made of iterators."""

def made():
    def inner():
        return __name__, len("abc")

    return inner


first = made()
__name__ = "other"
second = made()
print(first.__module__, second.__module__, first() == second())
__name__ = "__main__"
print(made().__module__, second.__module__)

second.__module__ = 5
print(first.__module__, second.__module__, made().__module__)
made.__module__ = "elsewhere"
print(made.__module__, made().__module__)
made.__module__ = "__main__"
print(made().__module__)

saved = __builtins__
__builtins__ = {"len": lambda x: -1, "__name__": "mine"}
third = made()
__builtins__ = saved
print(first()[1], third()[1], third.__builtins__["__name__"], made()()[1])

space = {}
exec("def f():\n    return lambda: 0", space)
print(repr(space["f"].__module__), repr(space["f"]().__module__), space["f"]().__builtins__ is space["__builtins__"])
space["__name__"] = "late"
print(space["f"].__module__, space["f"]().__module__)
del space["__name__"]
print(space["f"]().__module__)


def few(n):
    yield from range(n)


for n in 0, 1, 15, 16, 17, 63, 64, 65, 200:
    items = list(few(n))
    print(n, items == list(range(n)), tuple(few(n)) == tuple(range(n)), sorted(few(n)) == items, [*few(n)] == items)


def bad(n):
    yield from range(n)
    raise KeyError(n)


for n in 0, 3, 16, 40:
    for kind in list, tuple, sorted:
        try:
            kind(bad(n))
        except KeyError as e:
            print(kind.__name__, e)

deep = list(map(lambda n: list(list(few(k)) for k in few(n)), few(5)))
print(deep)


class Place(tuple):
    pass


class Backwards(Place):
    def __iter__(self):
        return reversed(tuple(self[:]))


class Lines(list):
    pass


for v in Place((1, 2, 3)), Backwards((1, 2, 3)), Lines("abc"):
    a, b, c = v
    print(a, b, c)
    for _ in range(2):
        try:
            a, b = v
        except ValueError as e:
            print(e)
for args in [], [1, 2], [5]:
    try:
        print(list(*args))
    except TypeError as e:
        print(e)
try:
    list(iterable=())
except TypeError as e:
    print(e)
print(repr(ValueError()), repr(ValueError(1)), repr(KeyError(1, 2)), ValueError(1).args, type(Exception("x")))
