# python >= 3.6
x = "global"


def f(x, y):
    class C:
        x = x
        y = y
        z = lambda self: (x, y)
        w = [x for _ in (1,)]

        class D:
            x = x
            q = y
            def g(self): return x, y, __class__
    return C


class E:
    x = x

    def x(self): return x
    a: x = x
    locals()["b"] = 1
    c = b
