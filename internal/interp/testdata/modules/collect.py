# What gc.collect() must not take away, and what is called at the end.
import gc


class Counter:
    def __init__(self, name):
        self.name = name

    def collect(self, *more):
        gc.collect()
        return self.name, more

    def __del__(self):
        if self.name == "third":
            print("del", self.name, type(kept).__name__)


def through(f, *args):
    return f(*args)


def values(c):
    f = c.collect
    yield f()
    yield f(1)
    yield through(c.collect, 2)


kept = [Counter("first")]
c = Counter("second")
f = c.collect
print(f(), f(1, 2), through(f), through(c.collect, 3))
print([*values(c)])
print([*map(c.collect, (4, 5))])
g = values(c)
print(next(g))
gc.collect()
print(next(g), list(g))


def first(items):
    for x in items:
        yield x


# A generator that is dropped lets go of what it holds, the first of its function too.
import _weakref


class Node:
    pass


def refs():
    nodes = [Node(), Node()]
    r = [_weakref.ref(n) for n in nodes]
    it = first(nodes)
    next(it)
    return r


r = refs()
gc.collect()
print([x() for x in r])
last = Counter("third")
