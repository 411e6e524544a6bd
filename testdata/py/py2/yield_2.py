def f():
    x = yield
    yield x
    y = yield x, 1
    print (yield)
    return
g = (x for x in (yield_ for yield_ in f()))
