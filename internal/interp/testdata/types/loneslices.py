# Lists and sets that only an operator, a loop or a builtin sees: slices, displays and what operators make of them. What programs see of them is as ever.
import sys

kept = []


def keep(x, *more):
    kept.append(x)
    return x


nums = list(range(10))
mine = [[n, n + 1] for n in range(4)]


def joined(l, n):
    return l[:n] + [n] + l[n:], [n] + l + [n, n], l[n:] + l[:n], [0] * n + l[:1], [l[:n] + l[n:]], [x for x in l if x > n] + [x for x in l if x <= n]


print([joined(nums, n) for n in range(4)], joined(nums, 5)[0] is joined(nums, 5)[0])


def grown(l, n):
    l += l[:n]
    l += [n] + [n]
    l *= 2
    l = l + l[n:]
    m = l
    l += [n]
    return l, m is l, [*l[:2] + [n]]


print([grown([1, 2], n) for n in range(4)])


def sets(a, b, n):
    return a | {n}, a & {n, 1}, a - {1, n}, a ^ {n, 2}, (a | b) - {n}, {n} | a | b, {n} & a, {x for x in a} - b, a - {x for x in b}, ({1} | {2}) & ({n} | {2})


print([sets({1, 2, 3}, {3, 4}, n) for n in range(5)], [frozenset({1, n}) | {n} for n in range(3)], {1: 2}.keys() - {1}, {1: 2}.keys() | {3})


def loops(l):
    r = []
    for x in l[1:]:
        for y in l[x:][:3]:
            for z in [x, y]:
                if z == 4:
                    break
                r.append(z)
            else:
                continue
            break
    for x in l[::-1]:
        if x == 7:
            l[x:] = [x] + l[x:]
            return r, [y for y in l[2:4]], {y for y in l[:3]}, [a + b for a, b in zip(l[1:], l[:-1])], l
    return None


print(loops(list(range(9))), loops(list(range(5))))


def told(l, n):
    return len(l[n:]), sum(l[:n]), max(l[n:]), sorted(l[n:]), list(l[:n]), tuple(l[:n]), set(l[:n]), any(l[:n]), len(l[1:][:n]), sum(l[::2]), len(l[n::3])


print([told(nums, n) for n in range(5)])

# Who else gets them keeps them.
for n in range(4):
    keep(nums[n:]), keep(nums[2:]), keep(nums[::3]), keep([n] + [n]), keep(nums[:n] + [n]), keep({n} | {1}), keep(nums[n:5])
    len(kept[0]), len(kept[-1]), len(mine[0]), sum(mine[1])
    d = {"k": kept[1], 1.5: kept[0]}
    len(d["k"]), sum(d["k"]), len(d[1.5]), sum(d["k"] + [n]), len(d["k"][1:])
    for x in d["k"]:
        pass
    kept[0] + kept[1] + [n], kept[-2] | {n}, kept[-2] - {n}
    for x in kept[1]:
        pass
print(kept, mine)
kept.clear()


class Taker:
    """Keeps what it is added to, compared with, indexed by and so on."""

    def __radd__(self, other):
        keep(other)
        return self

    __rsub__ = __ror__ = __rand__ = __rmul__ = __radd__

    def __add__(self, other):
        keep(other)
        return other

    __or__ = __add__

    def __getitem__(self, i):
        return mine[0]

    def __iter__(self):
        return iter(nums[:2])


def taken(n):
    t = Taker()
    [n] + t, {n} - t, nums[:n] + t, t + [n], t | {n}, t + nums[:n], [n] * t, [n] + [n] + t, nums[n:] + nums[:1] + t
    for x in t[1:]:
        pass
    return len(t[1:]), t[1:] + [n], sum(t[1:2]), [x for x in t[:]], t[n:] is mine[0]


print([taken(n) for n in range(3)], kept, mine)
for n in range(5):
    len(nums[n:]), [n] + [n], {n} | {n}
print(kept, mine)
kept.clear()


class Sub(list):
    def __getitem__(self, i):
        return mine[1] if isinstance(i, slice) else super().__getitem__(i)


s = Sub([1, 2, 3])
print(len(s[1:]), sum(s[:1]), s[1:] + [1], [x for x in s[1:]], mine, [x for x in (1, 2, 3)[1:]], len((1, 2)[:]), sum((1, 2)[:]), "abc"[1:] + "d", len("abc"[1:]))


def failing(n):
    for what in (
        lambda: [n] + 1, lambda: [n] + (n,), lambda: nums[n:] + None, lambda: {n} - [1], lambda: {n} | [1], lambda: nums[n:] + nums["a":],
        lambda: [n] + [1 // 0], lambda: {n} | {1 // 0}, lambda: nums[n:] + [1 // 0], lambda: len(nums[n:], 1), lambda: sum(nums[n:] + ["a"]),
        lambda: [1 // (x - 2) for x in nums[1:]], lambda: [[1 // (y - x) for y in nums[1:3]] for x in nums[1:]], lambda: len(nums[::0]),
    ):
        try:
            yield what()
        except Exception as e:
            yield f"{type(e).__name__}: {e}"


print([list(failing(n)) for n in range(2)], [n] + [1], nums[7:] + nums[:2])


def pending(l):
    for x in l[1:]:
        y = l[:2] + [x] + (yield x) + [x]
        for z in l[2:] + y[:1]:
            yield y, z


def drive():
    r = []
    g = pending([1, 2, 3])
    h = pending([4, 5, 6])
    for a in (g, h):
        r.append(next(a))
    for a in (h, g, h, h, g):
        r.append(a.send([7]))
    return r


print(drive(), list(map(len, [nums[:1] + [2], nums[1:]])))


def traced(n):
    def switch(x):
        if x == 2:
            sys.settrace(lambda *a: None)
        elif x == 4:
            sys.settrace(None)
        return x
    r = []
    for x in nums[:n]:
        r.append(nums[:x] + [switch(x)] + nums[x:][:1])
        keep(nums[x:4] + nums[:1])
        r.append(len(nums[x:]))
        for y in [switch(x), x]:
            r += [y] + [switch(y)]
    sys.settrace(None)
    return r


print([traced(n) for n in range(7)], kept[-4:], len(kept))
kept.clear()


def perms(l):
    if len(l) < 2:
        return [l]
    return [[l[i]] + p for i in range(len(l)) for p in perms(l[:i] + l[i + 1:])]


def quick(l):
    if not l:
        return l
    return quick([x for x in l[1:] if x < l[0]]) + [l[0]] + quick([x for x in l[1:] if x >= l[0]])


print(perms([1, 2, 3, 4]), quick([5, 3, 8, 1, 9, 2, 7]))


class Index:
    def __init__(self, l, n):
        self.l, self.n = l, n

    def __index__(self):
        del self.l[self.n:]
        return 5


for make in (list, bytearray):
    for step in (1, 2):
        l = make(range(10))
        print(l[0:Index(l, 3):step], l)
        l = make(range(10))
        print(len(l[Index(l, 7)::step]), l)
