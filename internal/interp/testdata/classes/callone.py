"""Callables that sorting, map and max call with one argument: what they do must be what a plain call does."""
import _functools as functools
import _operator as operator


class Sub(functools.partial):
    def __call__(self, *args):
        return "sub", super().__call__(*args)


class Item:
    def __init__(self, n):
        self.n = n
        self.inner = self

    def __getitem__(self, k):
        if k == "raise":
            raise KeyError(k)
        return self.n, k

    def add(self, *args, **kw):
        return self.n, args, kw

    def __getattr__(self, name):
        if name.startswith("x"):
            return name
        raise AttributeError(name)


def tried(f):
    try:
        return f()
    except BaseException as e:
        return type(e).__name__, str(e)


items = [Item(n) for n in (3, 1, 2)]
getters = [
    operator.itemgetter(0), operator.itemgetter(0, "k"), operator.itemgetter("raise"), operator.attrgetter("n"), operator.attrgetter("inner.inner.n"),
    operator.attrgetter("n", "xyz"), operator.attrgetter("none"), operator.methodcaller("add"), operator.methodcaller("add", 1),
    operator.methodcaller("add", 1, 2), operator.methodcaller("add", 1, 2, 3), operator.methodcaller("add", 1, k=2), operator.methodcaller("xadd"),
    operator.methodcaller("none"), functools.partial(isinstance), functools.partial(Item.add), functools.partial(max, 5), functools.partial(Item.add, 1),
    functools.partial(Item.add, items[0], 1), functools.partial(Item.add, items[0], 1, 2), functools.partial(Item.add, k=3),
    Sub(Item.add), Sub(Item.add, items[1]), functools.partial(functools.partial(Item.add, items[2]), 7),
    functools.partial(Item.add, items[0], functools.Placeholder, 4),
]
for g in getters:
    plain = tried(lambda: [g(x) for x in items])
    mapped = tried(lambda: list(map(g, items)))
    print(str(plain)[:60].split(" at 0x")[0], str(plain) == str(mapped), tried(lambda: max(items, key=g).n), tried(lambda: [x.n for x in sorted(items, key=g)]))

key = functools.cmp_to_key(lambda a, b: a.n - b.n)
print([x.n for x in sorted(items, key=key)], max(items, key=key).n, [k.obj.n for k in map(key, items)])
print(sorted([(2, "b"), (1, "c"), (1, "a")], key=operator.itemgetter(0)), sorted(["b", "C", "a"], key=operator.methodcaller("lower")))
for bad in (lambda: list(map(operator.itemgetter(1), [(1,)])), lambda: list(map(operator.itemgetter(0), items, items)), lambda: operator.attrgetter("a")(k=1)):
    print(tried(bad))


class Deep:
    def __getitem__(self, k):
        return list(map(operator.itemgetter(k), [self]))


print(tried(lambda: Deep()[0])[0])
p = functools.partial(list)
p.__setstate__((lambda x: list(map(p, [x])), (), {}, {}))
print(tried(lambda: p(1))[0])
