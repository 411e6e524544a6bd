def f(a, b):
    l = [x for x in a]
    g = (x for x in a if x)
    n = [x + y for x in a for y in b if x if y > x]
    m = [[y for y in x] for x in a]
    c = [x for x in a if b if not x]
    t = [(x, y) for x, y in a]
    s = [lambda: x for x in a]
    e = [a for a in a]
    return l, g, n, m, c, t, s, e, sum(x * x for x in a)


top = [x for x in range(3)]
gen = (y for x in top for y in range(x))


class C(object):
    a = 1
    b = [a for _ in range(2)] if False else [i for i in range(a)]
    c = list(i for i in b)
