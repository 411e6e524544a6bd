# Sequences and iterators taken apart into variables, attributes and what is still on the stack.
import sys


class O: pass


def g3(a, *b):
    b0, b1, b2 = a, b, a
    return b0


def f(t):
    a, b, c = t
    d, e, f, g = t[0], *t
    x = 1, a, 2
    a, x, y, a, z = range(5)
    r = [a, b, c, d, e, f, g, x, y, z]
    for a, b, c in zip(t, t, t): r += [a, b, c]
    for a, a, c in [t, list(t)]: r.append((a, c))
    l = [lambda: (p, q, s)]
    p, q, s = t
    r.append(l[0]())
    (a, b), (c, d, e), f, g, h, i, j, k = (1, 2), (3, 4, 5), 6, 7, 8, 9, 10, 11
    r += [a, b, c, d, e, f, g, h, i, j, k]
    # swaps through what is on the stack
    a, b, c = b, c, a
    a, b, c, d = d, c, b, a
    r += [a, b, c, d]
    r.append((a, [a := 5, b := 6], a, b))
    r.append(a + g3(a, *[0]) + a)
    a, b, c = c, b, a
    t = (a, b, c)
    t, t, t = t
    r.append(t)
    o = O()
    o.x, a, o.y = 1, 2, 3
    a, o.x, b, o.y, c = 1, 2, 3, 4, 5
    r += [o.x, o.y, a, b, c]
    return r
print(f((1, 2, 3)))
def errs(t, n):
    a = b = c = d = 'old'
    try:
        if n == 3: a, b, c = t
        else: a, b, c, d = t
    except Exception as e: return type(e).__name__, str(e), a, b, c, d
    return a, b, c, d
for t in [(), (1,), (1,2), (1,2,3), (1,2,3,4), (1,2,3,4,5), [1,2,3], {1:2,3:4,5:6}, 'abc', 'abcde', 5, iter('abcd'), {1,2,3}]:
    for n in 3, 4: print(errs(t, n))
class It:
    def __init__(s, n): s.n = n
    def __iter__(s):
        for i in range(s.n): yield i
        1/0
for n in range(6): print(errs(It(n), 3))
def over(a, b):
    x = a
    y = [x, b, (x, b)]
    x, b, a = y
    return x, b, a, y
print(over(1, 2))
def keep(a, b, c):
    return a, b, (a, c, [a := 3]), (lambda t: t)(a)
print(keep(1, 2, 3))
def st(a, b, c, d):
    r = []
    for a, b, c in [(a, b, c), (b, c, d)]:
        for a, d, e in [(c, b, a)] * 2:
            r.append([a, b, c, d, e])
    [r.append((x, y, z, w)) for x, y, z in zip('abc', 'def', 'ghi') for w in x]
    r.append({x: (y, z) for x, y, z in [(1, 2, 3), (4, 5, 6)]})
    return r
print(st(1, 2, 3, 4))
def tr(f, e, a):
    lines.append((f.f_code.co_name, e, f.f_lineno - f.f_code.co_firstlineno)); return tr
lines = []
sys.settrace(tr); q = st(1, 2, 3, 4), errs((1, 2), 3); sys.settrace(None)
print(q); print(lines)
class S:
    def __iter__(s):
        sys.settrace(tr); sys._getframe(1).f_trace = tr
        return iter((7, 8, 9))
def late(x, y):
    a, b, c = S()
    x = a
    sys.settrace(None)
    return a, b, c, x, y
lines = []
print(late(1, 2)); print(lines)
ns = {}
for n in range(3, 30):
    vs = ['v%d' % i for i in range(n)]
    exec(f"def h(t):\n {', '.join(vs)} = t\n return [{', '.join(vs)}]\ndef h2(t):\n r=[]\n for {', '.join(vs)} in t: r.append([{', '.join(reversed(vs))}])\n return r", ns)
    assert ns['h'](range(n)) == list(range(n)) == ns['h'](list(range(n))) == ns['h'](tuple(range(n)))
    assert ns['h2']([range(n), tuple(range(n))]) == [list(reversed(range(n)))]*2
    assert ns['h2'](zip(*[[1, 2]] * n)) == [[1]*n, [2]*n]
