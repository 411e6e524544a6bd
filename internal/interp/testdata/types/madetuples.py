"""Tuples that are made to be compared or hashed, and by whom they are seen."""


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


class Odd:
    """Compares tuples while it is compared."""

    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        n = other.n if isinstance(other, Odd) else other
        if (self.n, n) == (-1, -1) or (n, self.n) > (5, 5):
            raise ValueError((self.n, n))
        return (self.n, 1) == (n, 1) and not (self.n, n, 3) != (n, self.n, 3)

    def __lt__(self, other):
        return (self.n, "x") < (other.n, "y")

    def __hash__(self):
        return hash((self.n, "odd", (self.n,)))


class Keeps:
    kept = []

    def __eq__(self, other):
        self.kept.append(other)
        return True

    __lt__ = __gt__ = __ne__ = __eq__

    def __hash__(self):
        return 7


def all_ways(a, b, c, d):
    results = [(a, b) == (c, d), (a, b) != (c, d), (a, b) < (c, d), (a, b) <= (c, d), (a, b) > (c, d), (a, b) >= (c, d)]
    results += [(a,) < (c,), (a, b, 1) < (c, d, 2), (a, b, 1, 2) == (c, d, 1, 2), (a, b, 1, 2, 3) < (c, d, 1, 2, 4), (a, b) < (c, d, 1), () < (a,)]
    if (a, b) < (c, d):
        results.append("<")
    if not (a, b) == (c, d):
        results.append("not ==")
    while (a, b) >= (c, d):
        results.append(">=")
        break
    return results


values = [1, 2, True, 1.5, "a", "b", None, 10**30, (1, 2), (1, Odd(2)), Odd(1), Odd(2), Keeps(), float("nan")]
for a in values:
    for c in values:
        line = attempt(all_ways, a, 2, c, 3), attempt(all_ways, 1, a, 1, c)
        if isinstance(a, (Odd, Keeps)) or isinstance(c, (Odd, Keeps)) or isinstance(a, tuple) or isinstance(c, tuple):
            line = [x if isinstance(x, str) else ["true" if y is True else y if isinstance(y, str) else bool(y) for y in x] for x in line]
        print(line)

keep = Keeps()
Keeps.kept.clear()
print((1, 2) == keep, (1, keep) == (1, (2, 3)), keep == (4, 5), (keep, 1) == ((6, 7), 1), (8, 9) < keep)
for _ in range(10):
    (0, 0) == (0, 1)
print(Keeps.kept)


def chains(a, b, c):
    first = (t := (a, b)) < (b, c)
    second = (a, b) < (b, c) < (c, a)
    third = [(x, y) < (y, x) for x in (a, b) for y in (b, c)]
    fourth = (a, [(x, b) > (b, x) for x in (a, b, c)]) == (a, [(x, c) > (a, x) for x in (a, b, c)])
    fifth = (a, b) if (a, b) < (b, a) else (b, a)
    (0, 0) < (0, 0)
    return first, t, second, third, fourth, fifth, ((a, b) < (b, c)) + 1


print(chains(1, 2, 3), chains("z", "y", "x"))


def generate(a):
    x = (a, (yield 1)) == (a, (yield 2))
    y = (yield 3, 4) < (a, (yield 5))
    z = hash((a, (yield 6))) == hash((a, 7))
    yield x, y, z


for sent in [(7, 7, 1, 9, 7), (7, 8, (9, 9), 2, 8)]:
    g = generate(1)
    got = [next(g)]
    for s in sent:
        got.append(attempt(g.send, s))
    print(got)

for args in [(1, 2), ("a", None), (1.5, True), (Odd(3), (1, 2)), ([], 1), (1, {}), (Keeps(), "x")]:
    print(attempt(lambda a, b: hash((a, b)) == hash(tuple([a, b])), *args), attempt(lambda a, b: hash((a,)) == hash((b,)), *args))
    print(attempt(lambda a, b: hash((a, b, 1)) == hash((*args, 1)), *args), attempt(lambda a, b: hash((a, b), 2), *args))
print([hash((n, -n)) for n in range(3)], hash(()), hash((-1,)), hash((1, 2, 3, 4, 5)))

own = lambda t: (t, len(t))
hash_of = hash


def shadowed(hash, f):
    return hash((1, 2)), f((1, 2)), f((1, 2, 3)), own((3, 4))


print(shadowed(own, len), shadowed(hash_of, hash_of), shadowed(print, tuple), shadowed(list, sorted))


def lines(x):
    try:
        return hash(
            (1,
             x)
        )
    except TypeError as e:
        tb = e.__traceback__
        return [p for n, p in enumerate(tb.tb_frame.f_code.co_positions()) if n == tb.tb_lasti // 2][0]


print(lines([]), lines(3) == hash((1, 3)))


def nested(n):
    class Deep:
        def __lt__(self, other):
            return n > 0 and nested(n - 1)

        def __eq__(self, other):
            return False

    return (Deep(), n) < (Deep(), n + 1)


print(nested(20), attempt(nested, 10**5))
