a = 1


def f():
    global a, b
    a = a + 1
    b = a
    for a in (1, 2):
        pass
    del b
    import os
    global c
    import sys as c

    def g():
        global d
        d = c
        return os
    return g


class C:
    global e
    e = 1
