"""Instances of subclasses of tuple as keys and elements: with the methods of tuple, and with others."""


class Pair(tuple):
    pass


class Folded(tuple):
    """Equal when the first items are, whatever their case."""

    def __eq__(self, other):
        return self[0].lower() == other[0].lower()

    def __hash__(self):
        return hash(self[0].lower())


class Unhashable(tuple):
    __hash__ = None


class EqualOnly(tuple):
    def __eq__(self, other):
        return True


def attempt(f):
    try:
        return f()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


places = {Pair((1, "a")), Pair((1, "a")), Pair((2, "b")), (1, "a"), Pair((1.0, "a"))}
print(len(places), (2, "b") in places, Pair([2, "b"]) in places, Pair("ab") in places)
folded = {Folded(("Ab", 1)): "first", Folded(("b", 2)): "second"}
print(folded[Folded(("aB", 7))], Folded(("B",)) in folded, Folded("c") in folded)
print(attempt(lambda: {Unhashable((1,)): 2}))
print(attempt(lambda: {EqualOnly((1,))}))

keys = [Pair((n % 3, str(n % 2))) for n in range(20)]
print({k: keys.count(k) for k in keys})
Pair.__hash__ = lambda self: 7
Pair.__eq__ = lambda self, other: len(self) == len(other)
print({Pair((1, 2)): 1, Pair((3, 4)): 2}, Pair((1,)) in {Pair((2,))})
del Pair.__hash__, Pair.__eq__
print(sorted({Pair((1, 2)): 1, Pair((3, 4)): 2}), Pair((1,)) in {Pair((2,))})
Pair.__hash__ = None
print(attempt(lambda: {Pair((1, 2))}))

for a, b in [((1, "x"), (1, "y")), ((1, 2), (1, 2, 3)), ((1, 2.5), (1, 2)), ((1, "x"), (2, 3)), ((True, 10**30), (1, 10**30))]:
    print(a < b, a <= b, a > b, a >= b, a == b, a != b)
print(attempt(lambda: (1, "x") < (1, 2)), tuple(Pair(Pair((1, 2)))), Pair(), Pair(iter("xyz")))

# Instances of subclasses, some of which keep their hash: it is that of the plain tuple, each time.
class Plain(tuple): __slots__ = ()
class Rich(tuple): pass
class Odd(tuple):
    __slots__ = ()
    def __hash__(self): return 5
class Other(tuple): __slots__ = ()


class P(tuple):
    __slots__ = ()
    def __new__(cls, *items): return tuple.__new__(cls, items)


for cls in Plain, Rich, Odd, Other:
    for items in (), (1,), (1, 2), (1, 'a', None), tuple(range(9)):
        a, b = cls(items), cls(list(items))
        print(cls.__name__, len(a), a == items, hash(a) == hash(items), hash(a) == hash(b) == hash(a), {items: 1}.get(a), {a: 1}.get(items), a[:2], a + a == items * 2)
deep = P(P(1, 2, 3), Plain((4, (5, 6))), 'k')
print(hash(deep) == hash(tuple(deep)) == hash(((1, 2, 3), (4, (5, 6)), 'k')), deep in {((1, 2, 3), (4, (5, 6)), 'k')})
for bad in P(1, [], 2), P(1, P(1, {}, 2), 3):
    for _ in range(2):
        try: hash(bad)
        except TypeError as e: print(e)
p = Plain((1, 2))
hash(p)
p.__class__ = Other
print(type(p).__name__, hash(p) == hash((1, 2)), p)


class Counted:
    n = 0
    def __hash__(self): Counted.n += 1; return 7
c = Counted()
q = P(c, c, 1)
hash(q), hash(q), {q: 1}[q], hash((q, q))
print(Counted.n)
