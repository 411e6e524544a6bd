# python >= 3.8
def f(a, b, /, c, d=1, *, e, f=2):
    return a, b, c, d, e, f


def g(a, /): return a
def h(a=1, /, **kw): return kw
k = lambda a, /, b: a + b
