def f(a, b):
    s = {x for x in a}
    d = {x: y for x, y in a}
    n = {x: {y for y in b} for x in a if x not in b}
    v = {k: v for k, v in sorted(d.items()) if v}
    return s, d, n, v, {(x, y) for x in a for y in b}


top = {k: k * 2 for k in "abc"}
