def f(a, b, c):
    if a:
        return 1
    elif b and c:
        return 2
    elif b or c:
        return 3
    elif not a:
        return 4
    else:
        pass
    if a is None:
        b = 1
    if a is not None:
        b = 2
    if None is a or not (a is None and b is not None):
        c = 3
    return a if b else c if a else b


def g(a):
    if not a:
        return
    if not (a and a.b):
        return a
    if (a and a.b) or (a.c and not a.d):
        pass
    return not (a or not a.b)
