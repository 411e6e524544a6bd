# Dicts and sets that grow, shrink, are copied and merged, with keys and values of all kinds, while comparisons change them.
import gc
from _collections import OrderedDict, defaultdict


class Random:
    def __init__(self, seed):
        self.x = seed

    def randrange(self, a, b=None):
        if b is None:
            a, b = 0, a
        self.x = (self.x * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
        return a + (self.x >> 33) % (b - a)

    def choice(self, items):
        return items[self.randrange(len(items))]


class Key:
    "A key that equals ints and runs something when it is compared."

    def __init__(self, n, do=None):
        self.n, self.do = n, do

    def __hash__(self):
        return hash(self.n) if isinstance(self.n, (int, str)) else 7

    def __eq__(self, other):
        if self.do:
            do, self.do = self.do, None
            do()
        return self.n == (other.n if isinstance(other, Key) else other)

    def __repr__(self):
        return "Key(%r)" % (self.n,)


def model(seed, keys, values):
    "Random operations on a dict, beside lists of keys and values."
    r = Random(seed)
    d, order, vals = {}, [], []
    for step in range(3000):
        k, op = keys(r), r.randrange(12)
        if op < 6:
            v = values(r, step)
            if k in order:
                vals[order.index(k)] = v
            else:
                order.append(k)
                vals.append(v)
            d[k] = v
        elif op < 9:
            if k in order:
                i = order.index(k)
                assert d.pop(k) == vals[i]
                del order[i], vals[i]
            else:
                assert d.pop(k, None) is None
        elif op == 9 and order:
            assert d.popitem() == (order.pop(), vals.pop())
        elif op == 10:
            d = r.choice([dict, dict.copy, lambda x: {**x}, lambda x: x | {}, lambda x: {} | x, lambda x: dict(x.items())])(d)
        elif op == 11:
            e = {keys(r): values(r, step) for _ in range(r.randrange(20))}
            for k, v in e.items():
                if k in order:
                    vals[order.index(k)] = v
                else:
                    order.append(k)
                    vals.append(v)
            if r.randrange(2):
                d |= e
            else:
                d.update(e)
        if step % 700 == 0:
            gc.collect()
        assert list(d) == order and list(d.values()) == vals and len(d) == len(order)
        assert list(reversed(d.items())) == list(zip(order, vals))[::-1]
    return len(d), sum(k for k in order if isinstance(k, int)) % 1000


ints = lambda r: r.randrange(200)
print(model(1, ints, lambda r, n: n))
print(model(2, ints, lambda r, n: "v%d" % n if n % 50 == 0 else n))
print(model(3, lambda r: r.choice([r.randrange(300), "k%d" % r.randrange(20)]), lambda r, n: n / 2))
print(model(4, lambda r: "k%d" % r.randrange(200), lambda r, n: [n]))
print(model(5, lambda r: (r.randrange(10), r.randrange(10)), lambda r, n: None))
print(model(6, lambda r: r.choice([True, False, None, 0.5, -0.0, 1, 2, 1 << 70, r.randrange(100)]), lambda r, n: n))

# 1, 1.0 and True are one key; the first one stays.
d = {1: "a"}
d[True] = "b"
d[1.0] = 3
print(d, {0.0: 1, -0.0: 2, 0: 3, False: 4}, {1, True, 1.0}, {True: 1} | {1: 2})
print(dict.fromkeys([1, 1.0, True, 2**61, 1 << 64, 0]), {hash(2**61 - 1): 0, 2**61 - 1: 1})

# Comparisons that change the dict that is searched.
for what in ["clear", "grow", "pop", "objects"]:
    d = {i: i for i in range(6)}
    do = {
        "clear": lambda: d.clear(),
        "grow": lambda: d.update((i, i) for i in range(100, 200)),
        "pop": lambda: d.pop(3),
        "objects": lambda: d.update({0: [0], 3: "three"}),
    }[what]
    d[Key(3, do)] = "new"
    print(what, len(d), d.get(3), list(d)[:3])
    d = {i: i for i in range(6)}
    print(d.get(Key(3, do)), len(d))
    d = {i: i for i in range(60)}
    print(d.setdefault(Key(3, do), "s"), len(d))
    d = {i: i for i in range(60)}
    try:
        print(d.pop(Key(3, do)), len(d))
    except KeyError as e:
        print("KeyError", e)
    s = set(range(60))
    do = {"clear": s.clear, "grow": lambda: s.update(range(100, 400)), "pop": lambda: s.discard(3), "objects": lambda: s.add("x")}[what]
    s.add(Key(3, do))
    print(len(s), 3 in s)

# Iteration over what changes.
def during(make, change):
    x = make()
    n = 0
    try:
        for _ in x:
            n += 1
            change(x)
            if n > 20:
                break
    except RuntimeError as e:
        print(n, e)
    else:
        print(n, "done")


for n in [2, 9, 100]:
    during(lambda: dict.fromkeys(range(n)), lambda d: d.update({n + len(d): 1}))
    during(lambda: dict.fromkeys(range(n)), lambda d: d.pop(next(iter(d))))
    during(lambda: dict.fromkeys(range(n)), lambda d: d.update({0: "object"}))
    during(lambda: dict.fromkeys(range(n)), lambda d: (d.pop(next(reversed(d))), d.update({"x": 1})))
    during(lambda: set(range(n)), lambda s: s.add(n + len(s)))
    during(lambda: set(range(n)), lambda s: s.pop())
    during(lambda: set(range(n)), lambda s: (s.pop(), s.add("x")) and None)

# Merging dicts whose keys change one of them.
a, b = {}, {}
b = {Key(i): i for i in range(3)}
a = {Key(0, lambda: b.clear()): 1}
try:
    a.update(b)
    print(a)
except RuntimeError as e:
    print(e)
a = {1: 2}
for i in range(200):
    a.update({j: j for j in range(i, i + 30)})
    for k in list(a)[:-2]:
        del a[k]
print(a)


# Order of sets, as long as it depends on hashes of ints alone.
def order(s):
    return list(s)


r = Random(8)
for n in [0, 1, 2, 4, 5, 8, 10, 11, 19, 20, 40, 77, 78, 200, 254, 255, 256, 300, 700, 5000, 20000, 40000]:
    L = [r.randrange(-n * 5, n * 5 + 1) for _ in range(n)]
    s = set(L)
    f = frozenset(L)
    g = set(x for x in L)
    c = {x for x in L}
    u = set()
    u.update(L)
    t = set(tuple(L))
    m = set(dict.fromkeys(L))
    assert order(s) == order(f) == order(g) == order(c) == order(u) == order(t)
    assert sorted(m) == sorted(s) == sorted(set(L + L)) and f == s and hash(f) == hash(frozenset(m))
    o = set(L[: n // 2]) | set(range(n // 3))
    for x in [s, m, s | o, s & o, s - o, s ^ o, s.copy(), set(s), s.union(L[::-1], [1, 2]), s.difference(L[: n // 3]), s.intersection(L[n // 2 :]), set(range(n)), set(str(n))]:
        k = 7
        for e in x:
            k = (k * 31 + hash(e) if not isinstance(e, str) else k) % 1000003
        print(k, len(x), end=" ")
    s |= o
    s -= set(L[:10])
    s ^= {1, "x", None}
    s &= o | {"x", None}
    print(len(s), sum(x for x in s if isinstance(x, int)))
    e = set()
    for x in L:
        e.add(x)
        if len(e) > 3:
            e.pop()
    s.add((1, 2))
    while len(s) > 3:
        s.pop()
    s.clear()
    s.add("object")
    print(sorted(e), s, len(s))

# Frozensets keep their hash, sets the place where pop goes on.
f = frozenset({1, 2, 3})
hash(f)
print(f == {1, 2, 3}, {1, 2, 3} == f, f in {f}, {1, 2, 3} in {f}, {frozenset(): 1}[frozenset([])])
s = set(range(40))
a = [s.pop() for _ in range(10)]
s.add(0)
print(a, s.pop(), s == set(range(11, 40)) | {0} or s == set(range(11, 40)))
t = set(range(3))
t.pop()
print(t == {1, 2}, frozenset(t) == t, hash(frozenset(t)) == hash(frozenset({1, 2})), {1, 2} == t, t in {frozenset({1, 2})})
t.clear()
t.update(range(5))
print(t.pop(), t)


# Things that build, one after another, from iterables that change or fail.
class Bad:
    def __iter__(self):
        yield 1
        yield []


for make in [set, frozenset, dict.fromkeys, lambda x: {e for e in x}, lambda x: {e: 1 for e in x}, lambda x: dict(zip(x, x))]:
    for x in [Bad(), [1, {}], (1, [2]), [[]]]:
        try:
            print(make(x))
        except TypeError as e:
            print(e)
L = [Key(0), Key(1)]
L.append(Key(0, lambda: L.extend(range(5)) if len(L) < 50 else None))
print(sorted(map(str, set(L))), len(L))
L = [Key(0), Key(1)]
L.append(Key(0, L.clear))
print(dict.fromkeys(L), L)
for pairs in [[(1, 2), [3, 4]], [(1, 2, 3)], ["ab", "cd"], [(1, 2), 3], [([], 1)], zip([1, 2], "ab"), enumerate("ab"), {1: 2}.items(), [iter([1, 2])]]:
    try:
        print(dict(pairs))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e, getattr(e, "__notes__", None))

d = defaultdict(int, {1: 2})
d[3] += 1
e = d.copy()
e[4] = "x"
print(d, e, d | {9: 9}, {9: 9} | d)
o = OrderedDict((i, i) for i in range(12))
for i in range(0, 12, 3):
    o.move_to_end(i, last=i % 2 == 0)
o["x"] = []
p = o.copy()
p.popitem(last=False)
print(o, p, o == p, sep="\n")
