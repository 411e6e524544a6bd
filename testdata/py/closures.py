def counter():
    n = 0
    cell = [0]

    def increment(by):
        cell[0] += by
        return cell, n

    def nested():
        def deeper():
            return n, increment, cell
        return deeper
    return increment, nested


def argument(a, b):
    def inner():
        return a
    a = b
    return inner


def in_loop():
    fs = []
    for i in range(3):
        fs.append(lambda: i)
    del fs[0]
    return fs


def shadow(x):
    def f(x):
        def g():
            return x
        return g
    return f(x)


class C(object):
    def method(self, y):
        class D(object):
            z = y

            def inner(self):
                return y, C
        return D
