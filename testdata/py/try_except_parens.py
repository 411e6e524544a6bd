# python >= 3.14
def f(a):
    try:
        a()
    except ValueError, TypeError:
        return 1
    except KeyError, a.b:
        return 2


def g(a):
    try:
        a()
    except* OSError, a.c:
        a = 2
