def simple():
    yield
    yield 1
    x = yield 2
    y = (yield x) + (yield)
    print(x, y)


def with_return():
    yield 1
    return


def in_try():
    try:
        yield 1
    except GeneratorExit:
        raise
    finally:
        yield 2


def in_loop(n):
    while n:
        sent = yield n
        if sent:
            n = sent
    for x in n:
        yield x


def unreachable():
    return
    yield
