# map, zip, enumerate and filter objects that one builtin, or a star, uses up and nothing else knows are used again. Whoever knows one keeps it.
import gc
import _thread

words = ["b", "a", "c"]


def joined(n):
    return ",".join(map(str, range(n)))


def nested(n):
    return sum(map(nested, range(n))) + 1


print([joined(n) for n in range(4)], nested(6), [*map(joined, (1, 2))], max(map(len, map(joined, range(12)))))
for _ in range(3):
    a, b = map(int, "12")
    c, *d = map(str, (1, 2, 3))
    print(a, b, c, d, list(zip(words, "xyz")), dict(zip(words, range(3))), sorted(enumerate(words), key=lambda p: p[1]), list(filter(None, (0, 1, "", "s"))))
    print(list(map(lambda x, y: x + y, (1, 2), (3, 4))), tuple(zip(words, words[1:])), sorted(set(map(str.upper, words))), all(map(int, "120")), any(zip((), ())))

# Those that somebody knows.
kept = [map(str, range(3)), zip(words, words), enumerate(words), filter(None, words)]
print([list(k) for k in kept], [list(k) for k in kept], [list(map(str, (1,))), list(zip((1,), (2,)))], [list(k) for k in kept])


def keeps(it):
    kept.append(it)
    return len(list(it))


print([keeps(map(str, "ab")), keeps(zip("ab", "cd")), keeps(enumerate("q"))], [list(k) for k in kept], list(map(str, "xy")), [list(k) for k in kept])
m = map(str, "abc")
print(list(m), list(m), ",".join(map(str.upper, "de")), list(m))
g = (x for x in map(str, "fg"))
print(list(g), list(g), list(map(str, "h")))
for x in map(str, "ij"):
    print(x, list(map(str, "kl")), end=" ")
print()


class Iter:
    """Makes and uses up others of its kind when it is stepped, and more often than needed."""

    def __init__(self, n):
        self.n = n

    def __iter__(self):
        print("iter", list(map(str, range(self.n))), end=" ")
        return self

    def __next__(self):
        if self.n == 0:
            print("end", list(zip("a", "b")), end=" ")
            raise StopIteration
        self.n -= 1
        return sum(map(int, str(self.n) * 2))


print(list(map(str, Iter(3))), list(zip(Iter(2), Iter(3))), list(enumerate(Iter(1))), list(filter(None, Iter(2))), [*map(abs, Iter(2))])


def stops(x):
    if x > 1:
        raise StopIteration("mine")
    return x


def fails(x):
    if x > 1:
        raise KeyError(x)
    return x


for _ in range(2):
    print(list(map(stops, range(4))), list(map(stops, (0, 1))), sum(map(stops, (1, 1))))
    for call in (lambda: list(map(fails, range(4))), lambda: max(map(fails, range(4)), key=abs), lambda: [*map(fails, range(3))], lambda: dict(zip("ab", map(fails, range(4)))),
                 lambda: sum(map(fails, (2,))), lambda: list(zip("a", "bc", strict=True)), lambda: list(map(max, "ab", "c", strict=True)), lambda: list(map(1, "a")),
                 lambda: list(filter(fails, (0, 1, 2))), lambda: (lambda a, b: a)(*map(fails, (1, 1))), lambda: (lambda a: a)(*map(fails, (1, 2)))):
        try:
            print(call(), end=" ")
        except (KeyError, ValueError, TypeError) as e:
            print(type(e).__name__, e, end=" ")
    print()
    for wrong in (lambda: list(map(str)), lambda: list(zip(1, 2)), lambda: list(map(str, 5)), lambda: sum(enumerate(1))):
        try:
            wrong()
        except TypeError as e:
            print(e, end="; ")
    print()


class Map(map):
    pass


class Zip(zip):
    def __init__(self, *args):
        kept.append(self)


kept.clear()
print(list(Map(str, "ab")), list(Zip("ab", "cd")), list(map(str, "q")), list(zip("r", "s")), [list(k) for k in kept], type(kept[0]).__name__)
for _ in range(2):
    i = Map(str, "ab")
    i.name = "attribute"
    print(list(i), i.name, list(i))


def taken(n):
    """Takes apart what takes something apart itself."""
    a, b = map(int, str(10 + n)) if n == 0 else taken(n - 1)
    c, d = (x for x in taken2(a, b))
    return d, c


def taken2(*both):
    a, b = iter(both)
    yield a
    c, d = map(str, both)
    yield int(c + d)


print(taken(0), taken(3))
results = []


def work(k):
    total = 0
    for i in range(800):
        a, b = map(int, f"{k}{i % 10}")
        total += a * b + sum(map(len, ("x" * k, "y"))) + len(list(zip(range(k), range(9)))) + max(map(abs, (-k, i % 3)))
    results.append(total)


handles = [_thread.start_joinable_thread(lambda k=k: work(k)) for k in (1, 2, 3)]
for h in handles:
    h.join()
print(sorted(results))
gc.collect()
print(joined(3), list(zip(words, words)))
