# Which items a sort compares, in which order: programs that count or log comparisons see it.
seed = 1


def rand(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    return (seed >> 8) % n


log = []


class Item:
    def __init__(self, value, i):
        self.value = value
        self.i = i

    def __lt__(self, other):
        log.append((self.i, other.i))
        return self.value < other.value


def shapes(n):
    yield [rand(1 << 20) for _ in range(n)]
    yield [rand(3) for _ in range(n)]
    yield sorted((rand(n // 3 + 1) for _ in range(n)), reverse=True)
    half = sorted(rand(n + 1) for _ in range(n))
    yield half[: n // 2] + half[n // 2 :][::-1]
    yield [i % 7 for i in range(n)]
    yield [0] * n
    some = sorted(rand(n + 1) for _ in range(n))
    for _ in range(n // 20):
        some[rand(n)] = 5
    yield some


def digest(pairs):
    h = 0
    for a, b in pairs:
        h = (h * 1000003 + a * 8191 + b) & 0xFFFFFFFF
    return h


for n in [*range(1, 40), 63, 64, 65, 100, 129, 200, 300, 700]:
    for values in shapes(n):
        log.clear()
        out = sorted([Item(v, i) for i, v in enumerate(values)])
        print(n, len(log), digest(log), [x.i for x in out] == sorted(range(n), key=values.__getitem__), end=" ")
        log.clear()
        out = sorted(range(n), key=lambda i: Item(values[i], i), reverse=True)
        print(len(log), digest(log), digest(zip(out, out)))
