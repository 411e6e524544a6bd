# python >= 3.8
def f(a):
    x = 1
    y = [x for x in a]
    z = [x + y for y in a]
    w = [(lambda: x + q) for q in a]
    v = [(t := u) for u in a]
    try:
        u = [k for k in a]
    except ValueError as k:
        u = [k for k in a]
    return x, y, z, w, v, t, [locals() for x in a]


class C:
    x = 1
    y = [x for x in range(3)]
    z = [[i for i in range(j)] for j in y]
    w = [lambda: j for j in y]


[a for a in (b for b in [c for c in (1, 2)])]
