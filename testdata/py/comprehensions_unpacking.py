# python >= 3.15
def f(a):
    return [*x for x in a], {*x for x in a}, {**x for x in a}, (*x for x in a)
