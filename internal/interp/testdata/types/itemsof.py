# What is made of all the items of texts, bytes and small sets at once.


class Letters(str):
    def __iter__(self):
        yield "own"
        yield "letters"


class Pair(tuple):
    pass


class Slots(tuple):
    __slots__ = ()


for text in ("", "a", "hello world", "äöü", "ab\u20accd", "\U0001f600x", "\ud800z", "x" * 40, "日本" * 20):
    print(ascii(list(text)), ascii(tuple(text)), ascii([*text, 1]), ascii(sorted(text)))
    grown = [0]
    grown.extend(text)
    grown += text
    print(len(grown), ascii(grown[-1]), ascii(sorted(set(text))), len(frozenset(text)), ascii("-".join(text)))
    print(ascii(Pair(text)), type(Pair(text)).__name__, ascii(Slots(text)))
    print(all(text), any(text), ascii(min(text, default=None)), ascii(max(text, default=None)))
    first, *rest = text or "?"
    print(ascii(first), len(rest))
    print([(n, ascii(c)) for n, c in enumerate(text, 5)][:3], [ascii(c) for c in map(str.upper, text)][:3])

own = Letters("xyz")
print(list(own), tuple(own), sorted(set(own)), [*own], ",".join(own))

for data in (b"", b"a", b"\x00\xff", bytes(range(60))):
    print(list(data) == [data[i] for i in range(len(data))], tuple(data)[:3], sorted(data, reverse=True)[:2], set(data) == set(list(data)))
print(list(bytearray(b"abc")), tuple(memoryview(b"abc")))

# Small sets have their elements in memory of several sizes; the order is that of one table.
for n in range(13):
    for m in (0, 1, 4, 5, 6, 10, 11):
        a, b = set(range(0, 7 * n, 7)), frozenset(range(0, 5 * m, 5))
        print(n, m, list(a | b), list(b | a), list(a ^ b), list(a & b), list(a - b))
        a |= b
        a.add(-1000)
        a.discard(0)
        print(list(a), list(set([*b, 3.5, 3.5])), type(b | a).__name__, type(b ^ a).__name__)
    items = [k * 3 % 17 for k in range(n)]
    s, f = set(items), frozenset(items)
    print(list(s), list(f), s == f, hash(f) == hash(frozenset(s)), tuple(items), Pair(items))
    items.append(99)
    s.update(items)
    s.symmetric_difference_update([1, 2, 99])
    print(list(s), list(set(["a"] * n)), len(set(map(str, items))))


def halting(n):
    yield from range(n)
    raise ValueError("no more")


for make in (list, tuple, set, frozenset, sorted, Pair):
    try:
        make(halting(3))
    except ValueError as e:
        print(make.__name__, e)
    try:
        make(5)
    except TypeError as e:
        print(make.__name__, e)


# The list that a tuple is made of is not kept, nor changed.
source = [1, [2], 3]
copy = tuple(source)
source[1].append(4)
source.clear()
print(copy, source, tuple(copy) is copy)
nested = tuple(tuple(list(range(k))) for k in range(40))
print(sum(map(sum, nested)), nested[33][32], nested[2])
