# What expressions of large ints make on the way lies in memory that is used again. Here it is compared with what steps make that keep everything.
from _random import Random

random = Random(7)


def number():
    bits = (1, 10, 40, 63, 64, 65, 100, 127, 128, 129, 190, 200, 400, 1200, 5000)[int(random.random() * 15)]
    x = random.getrandbits(bits)
    if random.random() < 0.3:
        x = (1 << bits) - int(random.random() * 3)
    return -x if random.random() < 0.4 else x


def compare(a, b, c, d):
    x = a * b
    y = c * d
    z = x + y
    yield a * b + c * d == z
    yield (a * b - c * d) + 2 * y == z
    w = x * y
    yield (a * b) * (c * d) == w
    w = x * 3
    yield (a * b) * 3 == w == 3 * (a * b)
    w = x & y, x | y, x ^ y
    yield ((a * b) & (c * d), (a * b) | (c * d), (a * b) ^ (c * d)) == w
    yield ((a * b) << 7) >> 7 == ((a * b) << 700) >> 700 == x
    w = x >> 3
    yield (a * b) >> 3 == w
    w = x * x
    yield (a * b) ** 2 == w
    yield ((kept := a * b) + c) - d == x + c - d and kept == x
    yield [a * b + 1, a * b - 1] == [x + 1, x - 1]
    if not c:
        return
    q = x // c
    m = x % c
    yield (a * b) // c == q and (a * b) % c == m and divmod(a * b, c) == (q, m)
    yield q * c + m == x and (0 <= m < c if c > 0 else c < m <= 0)
    w = x * 7
    w = w + d
    yield ((a * b) * 7 + d) // c == w // c
    # Small quotients of large numbers.
    rest = d % c
    for k in 1, 5, 1000, 2**31, 2**32 + 1:
        p = c * k + rest
        yield p // c == k and p % c == rest and (c * k + d % c) // c == k
        yield (-p) // c == -k - (rest != 0) and (-p) % c == (c - rest if rest else 0)


def sums(a, b, c):
    kept = []
    s = 0
    for i in range(20):
        s = s * b + c * i - (a * i) // 3
        kept.append(s)
    s = 0
    for i in range(20):
        u = s * b
        v = c * i
        w = a * i
        w = w // 3
        u = u + v
        s = u - w
        assert s == kept[i]
    return s


class Keeper:
    def __radd__(self, other):
        self.seen = other
        self.double = other * 2
        self.result = other * 3 + 1
        return self.result

    __rmul__ = __radd__


def generator(a, b):
    return a * b + (yield 1) * b + (yield 2)


digest = 0
for _ in range(500):
    a, b, c, d = number(), number(), number(), number()
    assert all(compare(a, b, c, d)), (a, b, c, d)
    digest = (digest * 31 + sums(a, b, c)) % ((1 << 521) - 1)

    u, v = Keeper(), Keeper()
    z = (a * b) * v + u + a * b
    x = a * b
    assert v.seen == x and v.double == x * 2 and u.seen == v.result == x * 3 + 1
    assert z == u.result + x
    for wrong in (lambda: a * b + "x", lambda: (a * b) // (a - a), lambda: (a * b) << -1, lambda: (a * b) @ (a * b)):
        try:
            wrong()
        except Exception as e:
            assert isinstance(e, (TypeError, ValueError, ZeroDivisionError)), e
    g = generator(a, b)
    g.send(None)
    g.send(a)
    try:
        g.send(b)
    except StopIteration as e:
        assert e.value == x + x + b
print(digest)
