# python >= 3.6
def f(g):
    x = yield from g
    yield from (1, 2, 3)
    yield from f(g)
    return x


def g():
    try:
        r = yield from f(1)
    except StopIteration as e:
        return e.value
    finally:
        yield from ()
    return (yield from r)
