# Lists and sets that a display or a comprehension makes and one call gets, most of whose builtins forget them. What a program can see of them is as ever.
import _thread
import builtins
import sys

kept = []


def keep(x):
    kept.append(x)
    return x


def distinct(items, n):
    return len({x % n for x in items})


print([distinct(range(n), 7) for n in range(12)], [len({x * 2 for x in range(n)}) for n in (0, 1, 3, 4, 5, 10, 11, 20, 40, 200)])
print([sum([x for x in range(n) if x % 3]) for n in range(20)], [max([n, 3, -n]) for n in range(5)], [min([[n, 1], [1, n]]) for n in range(3)])
print(["-".join([c * n for c in "abc"]) for n in range(3)], ["".join(["a", str(n)]) for n in range(3)], [sorted([n, 5, 2]) for n in range(4)])

# What is returned is new, and stays.
all_ = [list([n, n]) for n in range(3)] + [sorted([n, 1]) for n in range(3)] + [list({n, 1}) for n in range(2, 4)]
sets = [set([n, 1]) for n in range(3)] + [set({n}) for n in range(3)] + [set([x for x in range(n)]) for n in range(3)]
frozen = [frozenset({n, -n}) for n in range(3)] + [tuple([n]) for n in range(2)] + [dict([(n, n)]) for n in range(2)]
for n in range(5):
    len([n, n]), len({n}), sum([n]), max([n, 1])
print(all_, sets, frozen)
first = [max([[n], [n, 1]]) for n in range(3)]
print(first, [sum([[n], [n]], []) for n in range(2)])

# Functions that are no such builtins keep what they get.
for n in range(4):
    keep([n, n + 1]), keep({n}), keep([x for x in range(n)]), keep({x for x in range(n)}), keep([x for x in range(9) if x > n])
print(kept, len({x for x in range(5)}), kept[3])
kept.clear()


def shadowed():
    global len
    r = []
    for n in range(6):
        if n == 3:
            len = keep
        r.append(len({x for x in range(n)}))
        r.append(len([x for x in range(n)]))
    del len
    return r


print(shadowed(), kept)
kept.clear()


class Spy:
    """Sees that it is added, compared, hashed and turned into text."""

    def __init__(self, n):
        self.n = n

    def __radd__(self, other):
        return other + sum([self.n, 1]) + len({x for x in range(self.n)})

    def __lt__(self, other):
        keep([self.n, other.n]).clear()
        return max([self.n, 0]) < max([other.n, 0])

    def __eq__(self, other):
        return len({self.n, other.n}) == 1

    def __hash__(self):
        return sum([x for x in range(self.n)]) % 3

    def __bool__(self):
        return any([self.n > 5, False])

    def __iter__(self):
        return iter([len([x for x in range(k)]) for k in range(self.n)])


print(sum([Spy(n) for n in range(5)]), [s.n for s in sorted([Spy(n) for n in (3, 1, 2)])], max([Spy(2), Spy(4)]).n)
print(len({Spy(n % 4) for n in range(9)}), any([Spy(n) for n in range(8)]), all([Spy(6), Spy(5)]), [sum([*Spy(n)]) for n in range(5)], set(map(len, kept)))
kept.clear()


class Bad:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        if self.n == 2:
            raise ValueError(f"hash {len({1, 2, self.n})}")
        return self.n

    def __radd__(self, other):
        raise ValueError(f"add {sum([self.n, other])}")

    __lt__ = __iter__ = __bool__ = __radd__ = lambda self, *other: [][0]


def failing():
    for n in range(5):
        for what in (
            lambda: len({Bad(x) for x in range(n)}), lambda: sum([x for x in (1, Bad(n))]), lambda: max([Bad(1), Bad(2)]),
            lambda: any([0, Bad(n)]), lambda: len({[]}), lambda: len([1 // x for x in range(3, n - 4, -1)]), lambda: "".join([n]),
            lambda: set([[n]]), lambda: len({n: 1 for x in range(n)}), lambda: sum({"a", n}), lambda: sorted([n, "b"]),
        ):
            try:
                yield what()
            except Exception as e:
                yield f"{type(e).__name__}: {e}"


print(list(failing()))


# Kept by what is between: variables, other names for it, conditions, loops.
def between(n):
    a = len(b := [x for x in range(n)])
    c = len(d if (d := {n, 1}) else {2})
    e = sum([n] if n % 2 else [x for x in range(n)])
    f = max([n, 2] or [3])
    len(b), len(d), len([7, 7, 7])
    return a, b, c, d, e, f, [len([y for y in [x for x in range(n)]]), sum([len([1] * x) for x in range(n)])]


print([between(n) for n in range(4)])


def nested(depth):
    if not depth:
        return len([1, 2, 3])
    return sum([nested(depth - 1) for _ in range(2)]) + len({nested(depth - 1) + x for x in range(2)}) + max([nested(depth - 1), len([depth])])


print(nested(3), sum([sum([sum([x, y, z]) for x in range(3)]) for y in range(3) for z in [len([y])]]))


def generator(n):
    for i in range(n):
        yield len([i, i]), sum([x for x in range(i)])
        print(len({i, (yield i)}), end=" ")


print(list(generator(3)))


# Iteration order is that of new sets, after larger ones, and after numbers and texts.
orders = []
for items in ([1, 2, 3], range(0, 90, 9), [40, 8, 16], [(3, 1), (2, 2)], [None, 2.5, 7], range(25), [9, 1, 17, 33]):
    orders.append((list({x for x in items}), list({x: 0 for x in items}), sorted({x for x in items}, key=repr)))
    len({x for x in items})
print(orders)


# Traced in the middle.
def traced(n):
    def switch(x):
        if x == 2:
            sys.settrace(lambda *a: None)
        elif x == 4:
            sys.settrace(None)
        return x
    r = [len({switch(x) for x in range(n)}), len([switch(x) for x in range(n)]), keep([switch(x) for x in range(n)]), sum([switch(x) for x in range(n)])]
    sys.settrace(None)
    return r


print([traced(n) for n in range(6)], kept)


def worker(out):
    out.append(sum([len({x % 5 for x in range(n)}) + max([x for x in range(n + 1)]) for n in range(200)]))


outs = []
threads = [_thread.start_joinable_thread(lambda: worker(outs)) for _ in range(4)]
for t in threads:
    t.join()
print(outs)


class L(list):
    def append(self, x):
        kept.append(x)


joined = L()
joined.extend([1, 2]), joined.extend({3}), joined.append([4, 5]), joined.append({6})
real = []
real.extend([1, 2]), real.append([3, 4]), real.append({5}), real.extend([x for x in range(3)]), real.insert(0, [len([6, 6])])
for n in range(4):
    len([n, n]), len({n})
print(joined, real, kept[-2:])
original, builtins.len = builtins.len, keep
try:
    x = [len([n]) for n in range(3)], [len({n}) for n in range(3)]
finally:
    builtins.len = original
print(x, len([1, 2]))
