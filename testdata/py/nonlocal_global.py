# python >= 3.6
g = 1


def f():
    global g, h
    g = 2
    h = g
    del h
    n = 0

    def inner():
        nonlocal n
        global g
        n += 1
        g = n
        del n

        def deeper():
            nonlocal n
            n = 5
        return deeper
    return inner


class C:
    global g
    g = 3
    x = g

    def method(self):
        nonlocal_name = __class__
        return nonlocal_name
