a = b = c = 1
(d, e) = [f, g] = a, b
h, = [1]
i = [j] = (1,)
a, b = b, a
a, b, c = c, b, a
a, b, c, d = d, c, b, a
x = y = []
x.append(y)
x[0], y[1:2] = 1, [2]
a.b, c[d] = c[d], a.b


def f(p, q, r):
    p, q = q, p
    p, q, r = r, q, p
    s = t = p
    return s, t
