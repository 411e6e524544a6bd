# Displays with stars, repetition and copies of lists and tuples of all the sizes that are made in different ways.
def attempt(f, *a):
    try: return f(*a)
    except Exception as e: return type(e).__name__, str(e)


def stars(x, y):
    return [*x], [*x, 1], [*x, *y], [0, *x], [0, *x, *y, 2], (*x,), (*x, 1), (*x, *y), (0, *x, *y), [*x, [*y, 3]], (*x, (*y, 3), 4), ((*x,), *y)


class Bad:
    def __iter__(self): yield 1; raise KeyError('bad')


for x in [], (), [1], (1, 2), 'ab', range(3), {5: 6}, iter([7, 8]), 9, Bad():
    for y in [], (3,), list(range(12)), Bad(): print(attempt(stars, x, y))


def f(*a, **k): return a, k
def calls(x): return f(1, *x, 2), f(*x, 3), f(*x, *x), (f(*x, (*x, 4), k=[*x, 5]), *x)
print(calls([1, 2]), calls('ab'))
def inner(x, n): return (*x, inner((*x, n), n - 1), n) if n else (*x,)
print(inner([], 6))
def kept(x):
    r = []
    for i in range(3): r.append((*x, i)); r.append([*x, i, *r[-1]]); x = r[-1]
    return r
print(kept([9]))
def aliased(x):
    y = [*x, x]
    y.append(y[0]); x.append(0)
    z = [*y]
    z[0] = 'z'
    return x[:-1], y[:2], z[:2]
print(aliased([1, 2]))

for n in range(19):
    l = list(range(n)); t = tuple(l)
    a, b, c, d, e = l[:], l.copy(), list(l), list(t), [*l]
    for z in a, b, c, d, e: z.append('x'); z.insert(0, 'y'); z.extend(t[:3]); assert z[1:n + 1] == l and len(z) == n + 2 + min(n, 3), z
    assert l * 3 == [*l, *l, *l] == l + l + l and t * 3 == (*t, *t, *t), n
    m = [n] * n; m += m; m *= 2; m[n:n] = l
    r = l[:]; r *= 2; assert r == l + l; r *= 0; assert r == [], r
    print(len(m), sum(m), l[::-1], [x for x in l if x % 3], (l[1:] + l[:1])[-1:], t[2:] + t[:2])
print([1, 2] * 0, (1, 2) * -1, [] * 5, () * 5, [None] * 3, (1,) * True, [[]] * 2, 3 * [1], attempt(lambda: [1, 2] * 2**62), attempt(lambda: (1, 2) * 2**62), attempt(lambda: [1] * 1.5))
def un(x):
    a, *b = x
    *c, d = x
    e, *g, h = x
    b.append(0); c.insert(0, 1)
    return a, b, c, d, e, g, h, x
print(attempt(un, [1, 2, 3]), attempt(un, (1, 2)), attempt(un, 'abcdefghijklmnopqrstuvw'), attempt(un, [1]), attempt(un, range(4)), attempt(un, 5))
