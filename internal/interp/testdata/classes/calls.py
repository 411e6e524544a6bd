# Calls of bound methods that were stored before, whose arguments lie where the call finds them: builtin methods with arguments that are
# absent while the callee runs Python code, Python methods with any arguments, from functions, generators and deep expressions.


class Key:
    """A key whose hash needs a frame with many registers."""

    def __init__(self, n):
        self.n = n

    def __hash__(self):
        a, b, c, d, e = [self.n + i for i in range(5)]
        return sum([a, b, c, d, e, len("x" * a)]) and self.n

    def __eq__(self, other):
        return self.n == other.n

    def __index__(self):
        return hash(self) + sum(i for i in (1, 2, 3)) - 6

    def __repr__(self):
        return f"Key({self.n})"


def stored():
    d = {}
    default, get, pop = d.setdefault, d.get, d.pop
    return default(Key(1)), get(Key(1), 5), get(Key(2)), pop(Key(1)), d


def deep():
    find = "hello world".find
    return [1, (2, [3, (4, find("o", Key(5)), find("o"), find("o", Key(5), Key(7)))])]


def made(xs):
    split = "a b c".split
    count = xs.count
    for x in xs:
        yield split(), split(None, Key(1)), count(x)


print(stored())
print(deep())
print(list(made([1, 2, 1])))


class A:
    def plain(self, a, b):
        return self, a, b

    def defaults(self, a, b=2, *c, d=4, **e):
        return self, a, b, c, d, e

    def gen(self, n):
        yield self
        yield n

    async def coro(self, n):
        return self, n

    @classmethod
    def cls(cls, *a, **k):
        return cls, a, k

    @staticmethod
    def static(*a):
        return a

    def __repr__(self):
        return "A()"


def bound():
    a = A()
    plain, defaults, gen, cls, static = a.plain, a.defaults, a.gen, a.cls, a.static
    x = plain(1, 2), defaults(1), defaults(1, 2, 3, d=5, e=6), list(gen(3)), cls(1, x=2), static(1)
    for f, args in (plain, (1,)), (plain, (1, 2, 3)), (defaults, ()):
        try:
            f(*args)
        except TypeError as e:
            print(e)
    try:
        plain(1)
    except TypeError as e:
        print(e)
    try:
        defaults()
    except TypeError as e:
        print(e)
    return x


def bound_in_generator():
    a = A()
    plain, defaults = a.plain, a.defaults
    yield plain(1, 2)
    yield defaults(1, d=3)
    yield [plain(1, plain(2, defaults(3)))]


async def awaited():
    coro = A().coro
    return await coro(1), await coro(n=2)


def recursive(f, n):
    return [n, f(f, n - 1)] if n else []


class R:
    def down(self, f, n):
        return [n, f(f, n - 1)] if n else [self]

    def __repr__(self):
        return "R()"


print(bound())
print(list(bound_in_generator()))
try:
    awaited().send(None)
except StopIteration as e:
    print(e.value)
f = R().down
print(f(f, 3), recursive(recursive, 3))
