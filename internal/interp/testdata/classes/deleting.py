"""Attributes of instances that are deleted: what is left keeps its place and order, see Shape.without."""


class Open:
    pass


class Fixed:
    __slots__ = ("first", "second")


class Both(Fixed):
    pass


class Wide:
    def __init__(self, n):
        for i in range(n):
            setattr(self, f"a{i}", i)


class Failure(Exception):
    pass


def read(x):
    return [getattr(x, n, "-") for n in ("a", "b", "c", "d")]


def names(x):
    return list(vars(x).items())


def deleted(x, *order):
    x.a, x.b, x.c, x.d = "abcd"
    found = []
    for name in order:
        delattr(x, name)
        found.append(read(x))
    return found


for cls in (Open, Both, Failure):
    for order in ("a", "b", "d", "abcd", "dcba", "bdac"):
        x = cls()
        print(cls.__name__, order, deleted(x, *order))
        x.c = 1
        x.e = 2
        x.a = 3
        print(read(x), names(x))
        del x.c
        x.c = 4
        print(read(x), names(x), hasattr(x, "b"))

x = Both()
x.first, x.z, x.second, x.y = 1, 2, 3, 4
del x.z
print(x.first, x.second, x.y, vars(x))
del x.first
x.z = 5
print(x.second, x.y, x.z, hasattr(x, "first"), vars(x))

for missing in ("nothing", "z"):
    o = Open()
    o.z = 1
    try:
        del o.z
        delattr(o, missing)
    except AttributeError as e:
        print(e)

# More attributes than lie in the object, and more orders than shapes are made for.
w = Wide(40)
for i in range(0, 40, 3):
    delattr(w, f"a{i}")
w.a3 = "again"
print(names(w))
seed = 1
total = 0
for i in range(300):
    w = Wide(12)
    for _ in range(8):
        seed = seed * 75 % 65537
        name = f"a{seed % 12}"
        if hasattr(w, name):
            delattr(w, name)
        else:
            setattr(w, name, seed)
    total = (total * 31 + sum(v * k for k, v in enumerate(w.__dict__.values()))) % 1000003
print(total)


# Loads and stores of one place that meet the shapes before and behind.
class State:
    def __init__(self):
        self.one = 1
        self.two = 2
        self.three = 3


def work(s, drop):
    if drop:
        del s.one
    s.two += 1
    s.four = s.two + s.three
    s.one = s.four
    return s.one, s.two, s.three, s.four, list(s.__dict__) if drop else None


print([work(State(), i % 3 == 1) for i in range(12)])
