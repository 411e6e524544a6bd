# python >= 3.6
def f(a, b, c):
    a(*b, *c)
    a(**b, **c)
    a(1, *b, 2, *c, 3)
    a(x=1, **b, y=2, **c)
    a(*b, x=1, **c)
    a(*(1, 2), *[3], **{})
    a(*b, c, x=1, y=2, z=3, w=4, **{"v": 5})
    a(*(x for x in b))
    a.m(1, *b, k=2, **c)
    return a(*b, **c)


class C(*[object], **{}):
    pass


@f(*[1], **{"a": 2})
class D(C, metaclass=type, **{}):
    pass
