# Lists that list() and sorted() make for one word are used again; those that anybody keeps are not.
d = {"pear": 1, "fig": 2, "c": 3}


def changing():
    e, out = dict(d), []
    for k in list(e):
        del e[k]
        out.append((k, len(e)))
    l = [1, 2, 3, 4]
    for x in list(l):
        l.remove(x)
        for y in sorted(l, reverse=True):
            out.append((x, y))
    s = {3, 1, 2}
    for x in sorted(s):
        s.discard(x)
        s.add(x + 10)
    for x in list(s):
        s.add(-x)
    for k, v in sorted(d.items(), key=lambda p: -p[1]):
        out.append(k * v)
    for k, v in list(d.items()):
        d[k] = v
    return out, l, sorted(s)


print(changing() == changing(), changing())


def kept():
    out = []
    for x in (m := sorted("cab")):
        out.append(m)
    a, b, c = n = list("xyz")
    out += [n, a, b, c, sorted("cab")[0], list("xyz")[-1], sorted([3, 1], key=lambda v: -v)[1]]
    a, b = sorted((2, 1))
    (c, e), f = list(range(2)), 5
    out += [a, b, c, e, f]
    out += [tuple(sorted("cab")), set(list("aab")) == {"a", "b"}, "".join(sorted("cab")), len(list("abc")), sum(list(range(4))), max(sorted("cab"))]
    out += [[x + y for x in sorted("ba") for y in list("dc")], {x: list(x) for x in sorted("ba")}, list(list("ab")), sorted(sorted("ba")), list(sorted("ba"))]
    held = list("ab")
    for x in held:
        out.append(held)
    for x in sorted("cab"):
        if x == "b":
            break
    for x in list("cab"):
        out.append(x)
        if x == "a":
            break
    else:
        out.append("not here")
    return out


first, second = kept(), kept()
print(first == second)
for x in first:
    print(x)


def inside(n):
    # What is stepped makes lists of its own.
    for x in list("ab"):
        yield x
        for y in sorted("dc"):
            yield y + list("ef")[n % 2]
        p, q = list("gh")
        yield p + q


def outside():
    out = []
    for x in list(inside(0)):
        out.append(x)
        for y in sorted(inside(1), key=lambda v: list(v)[0] + "".join(sorted(v))):
            out.append(y)
    a, b, *c = list(inside(0))
    out += [a, b, c, list(inside(1))[3], len(list(inside(0)))]
    return "".join(map(str, out))


print(outside() == outside(), outside())


class Bad:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        list("ab")
        for x in sorted("ba"):
            pass
        if self.n == 2:
            raise ValueError("cannot be compared")
        return self.n < other.n

    def __iter__(self):
        for x in list("pq"):
            yield x
        raise KeyError(self.n)

    def __length_hint__(self):
        for x in sorted("ba"):
            pass
        return 40


def failing():
    out = []
    for f in (
        lambda: [b.n for b in sorted([Bad(3), Bad(1), Bad(2)])],
        lambda: [x for x in sorted([1, "a"])],
        lambda: [x for x in list(Bad(7))],
        lambda: [x for x in list(5)],
        lambda: [x for x in sorted("ab", kee=1)],
        lambda: [x for x in sorted("ab", key=len, reverse=[])],
        lambda: [b.n for b in sorted([Bad(5), Bad(4)])],
        lambda: two(list("abc")),
        lambda: apart(),
        lambda: list("ab")[2],
        lambda: sorted("ab")[-3],
        lambda: list(),
        lambda: [x for x in list()],
    ):
        try:
            out.append(f())
        except (ValueError, TypeError, KeyError, IndexError) as e:
            out.append(f"{type(e).__name__} {e}")
        out.append([x for x in list("ok")])
    return out


def two(v):
    a, b = v
    return a


def apart():
    a, b = sorted("cab")
    return a


print(failing() == failing())
for x in failing():
    print(x)

for size in (0, 1, 8, 9, 31, 32, 33, 64, 255, 256, 257, 5000):
    total = 0
    for x in list(range(size)):
        total += x
    for x in sorted(v % 7 for v in range(size)):
        total += x
    for x in list(v for v in range(size)):
        total += x
    for x in list(zip(range(size), range(size))):
        total += x[1]
    for x in sorted({v: v for v in range(size)}.values(), reverse=True):
        total += x
    print(size, total, len(list(range(size))), len(sorted(map(str, range(size)))), len(list({*range(size)})))


class Sub(list):
    pass


def subs():
    out = []
    for x in Sub("ab"):
        out.append(x)
    for x in list(Sub("cd")):
        out.append(x)
    a, b = sorted(Sub("fe"))
    s = Sub("gh")
    c, e = list(s)
    return out, a, b, c, e, s, type(list(s)), list(s) is s


print(subs(), subs())
saved, list_ = [], list


def list(x):
    saved.append(list_(x))
    return saved[-1]


for _ in range(3):
    for x in list("ab"):
        pass
    a, b = list("cd")
    list("ef")[0]
print(saved)
