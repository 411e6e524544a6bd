# python >= 3.9
def f(a, b, c):
    with (a as x, b as y):
        pass
    with (
        a,
        b as y,
        c,
    ):
        return y
    with (a, b) as z:
        pass
