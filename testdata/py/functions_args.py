# python >= 3.6
def none(): pass
def positional(a, b, c): return a, b, c
def defaults(a, b=1, c="x", d=None, e=()): return a
def computed(a, b=len("x"), c=[1, 2]): return b
def star(a, *args): return args
def keywords(**kw): return kw
def all_of_it(a, b=1, *args, c, d=2, e, f=3, **kw): return a, b, args, c, d, e, f, kw
def only_keywords(*, a, b=1): return a, b
def many(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t): return t
def unused(a, *args, b=None, **kw): x = 1
