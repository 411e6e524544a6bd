# python >= 3.14
def f(a, b):
    t""
    t"plain"
    t"{a}"
    t"x{a!r:>{b}}y{b=}"
    t"{a}" t"{b}"
    t"{t"{a}"} {f"{b}"}"
    return rt"\d{a:{b!s}}"
