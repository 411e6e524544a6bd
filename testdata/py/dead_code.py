def f(a):
    return a
    a = 1
    return a


def g(a):
    while True:
        a()
    return 1


def h(a):
    if a:
        raise a
        a()
    else:
        return 2
        a()
    a.never()


def i(a):
    for x in a:
        break
        x()
    if False:
        yield
    if not True:
        return
