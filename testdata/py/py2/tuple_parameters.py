def f((a, b), c, (d, (e, f))=(1, (2, 3)), *g, **h):
    return a, b, c, d, e, f, g, h
g = lambda (x, y), z: x + y + z
def h(a, (b,)):
    def i(): return b
    return i
