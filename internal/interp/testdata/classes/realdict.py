"""Attributes of objects whose __dict__ has been asked for: one instruction after another class, another dict, another order of keys."""


class A:
    kind = "class"
    count = 0

    def __init__(self, n):
        self.n = n
        self.m = n + 1

    def f(self):
        return "f", self.n

    @staticmethod
    def s(x):
        return "s", x

    @classmethod
    def c(cls, x):
        return cls.__name__, x

    @property
    def p(self):
        return self.n * 2

    upper = str.upper
    size = len


class B(A):
    def f(self):
        return "B.f"

    @classmethod
    def make(cls):
        return cls(5)


def look(o):
    r = [o.n, o.kind, o.count, o.f(), o.s(1), o.c(2), o.p]
    f, s, c = o.f, o.s, o.c
    r += [f(), s(3), c(4)]
    try:
        r.append(o.missing)
    except AttributeError as e:
        r.append(str(e))
    try:
        r.append(o.size())
    except TypeError as e:
        r.append("size: " + str(e))
    return r


plain, real, other = A(1), A(2), B(3)
real.__dict__, other.__dict__
swapped = A(0)
swapped.__dict__ = {"m": 1, "n": 7}
objects = [plain, real, other, swapped, B(4)]
for round in range(3):
    for o in objects:
        print(look(o))

# What the object has hides what its class has, from the moment it has it.
for o in objects:
    o.__dict__["kind"] = "own"
    print(look(o)[1])
    o.f = lambda: "own f"
    o.s = lambda x: ("own s", x)
    o.c = lambda x: ("own c", x)
    print(look(o))
    del o.f, o.__dict__["s"], o.c
    print(look(o))
    vars(o).clear()
    o.n = 9
    print(look(o))

# A class attribute that changes, a counter, a descriptor that comes and goes.
for i in range(4):
    A.count += 1
    A.kind = ("k", i)
    print([o.count for o in objects], [o.kind for o in objects])
A.kind = property(lambda self: "property")
print([o.kind for o in objects])
real.__dict__["kind"] = 1
print([o.kind for o in objects])
A.kind = 5
print([o.kind for o in objects])
A.f = staticmethod(lambda: "static f")
print([o.f() for o in objects])
A.f = classmethod(lambda cls: cls.__name__)
print([o.f() for o in objects], [o.f for o in objects[:1]])
del B.f
print([o.f() for o in objects])


class Odd(str):
    """Equal to a name without being an exact str."""

    def __eq__(self, other):
        return str(other) == "kind"

    def __hash__(self):
        return hash("kind")


odd = A(1)
odd.__dict__[Odd("x")] = "odd"
print(odd.kind, odd.s(1), odd.n)


class Get:
    def __getattr__(self, name):
        return "got " + name


g = Get()
for i in range(4):
    print(g.x, g.y, sorted(vars(g)))
    g.x = i
    if i == 2:
        del g.x

print([n for n in dir(plain) if not n.startswith("__")], [n for n in dir(A(3)) if not n.startswith("__")])


class Hidden:
    __dict__ = {"hidden": 1}

    def __init__(self):
        self.shown = 1


print([n for n in dir(Hidden()) if not n.startswith("__")])


class Slots:
    __slots__ = ("a", "__dict__")


x = Slots()
x.a = 1
x.b = 2
print([n for n in dir(x) if not n.startswith("__")], x.__dict__)
for v in (1, 2, 3):
    x.b, x.c = v, v
print(x.b, x.c, vars(x))


class Dict(dict):
    def __getitem__(self, k):
        return "never"

    def __setitem__(self, k, v):
        raise KeyError


y = A(1)
y.__dict__ = Dict(n=3)
for v in range(3):
    y.n = v
    print(y.n, y.s(1), y.__dict__)
