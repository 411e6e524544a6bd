"""Lists made of few and many items of anything: nested, with lengths that lie, failing in the middle, and sorted."""


class Said:
    def __init__(self, items, hint):
        self.items, self.hint = items, hint

    def __iter__(self):
        list(iter(range(3)))  # another list in between
        for x in self.items:
            if x == "raise":
                raise KeyError(x)
            yield x

    def __length_hint__(self):
        sorted(iter("cab"))
        if isinstance(self.hint, BaseException):
            raise self.hint
        return self.hint


def tried(f, *args, **kw):
    try:
        return f(*args, **kw)
    except BaseException as e:
        return type(e).__name__, str(e)


for n in (0, 1, 2, 16, 17, 31, 32, 33, 64, 100, 9000):
    items = range(n, 0, -1)
    for hint in (0, 1, 5, 31, 32, 33, 1000, NotImplemented, TypeError("t"), ValueError("v"), -1, "x"):
        a = tried(list, Said(items, hint))
        b = tried(sorted, Said(items, hint))
        print(n, repr(hint)[:20], a if type(a) is tuple else (len(a), a == list(items)), b if type(b) is tuple else b == list(range(1, n + 1)))
    a = list(x for x in items)
    a.append(1)
    a[:0] = [2]
    print(len(a), len(list(set(items))), len(list({x: x for x in items}.items())), len(list("é" * n)), len(list("e" * n)), len(list(b"e" * n)), len(list(map(str, items))))
print(tried(list, Said([1, 2, "raise"], 3)), tried(sorted, Said(["raise"], 0)), tried(list, 5), tried(sorted, 5))


class Deep:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        if self.n == 0:
            return iter(())
        return iter(list(Deep(self.n - 1)) + [self.n])


print(list(Deep(50)) == list(range(1, 51)), sorted(Deep(40), reverse=True)[:3])


class Key:
    compared = []

    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        Key.compared.append((self.n, other.n))
        if self.n == "raise":
            raise ValueError
        return self.n < other.n


for numbers in ([1], [1, 2], [2, 1], [3, 2, 1], [2, 3, 1], [1, 1, 0, 1], list(range(70)), list(range(70, 0, -1)), [i * 37 % 71 for i in range(70)]):
    Key.compared = []
    keys = [Key(n) for n in numbers]
    print([k.n for k in sorted(keys)] == sorted(numbers), len(Key.compared) > len(numbers) - 2)
    floats = [n / 2 for n in numbers]
    print(sorted(floats) == [n / 2 for n in sorted(numbers)], sorted(floats + [float("nan")])[:1], sorted([0.0, -0.0] + floats)[:2])
    print(sorted(numbers, key=lambda n: -n)[:5], sorted(map(str, numbers), key=len)[:5], sorted(map(str, numbers), reverse=True)[:5])
keys = [Key(1), Key(2), Key("raise"), Key(3)]
print(tried(keys.sort), len(keys))
changed = [Key(3), Key(1)]
Key.__lt__ = lambda self, other: changed.append(1) or self.n < other.n
print(tried(changed.sort), len(changed))
