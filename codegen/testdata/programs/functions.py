"""Functions: what they are made with, what is around them.

    The docstring is cleaned."""
import functools


def plain():
    pass


def documented(a, b=1, *args, c, d=2, __e=3, **kw):
    """First line.

        Indented.
	Tab.
    """
    return a, b, args, c, d, __e, kw


def positional(a, /, b, *, c=None):
    return a


def doc_only():
    """Nothing else."""


@functools.cache
@functools.wraps(
    plain
)
def decorated(x=[], *, y={}):
    yield x
    return y


def closures(x):
    y = x

    def inner(z=x):
        nonlocal y
        y = z

        def innermost():
            return x, y, z
        return innermost

    return inner, lambda q, *, r=y: (q, r, x)


def makes_globals():
    global made, Made

    def made():
        def inside():
            return made

    class Made:
        def method(self):
            pass


def generator(n):
    value = yield
    value = yield n
    got = yield from value
    if got:
        return got
    for i in n:
        try:
            yield i
        finally:
            print(i)


async def coroutine(x):
    y = await x
    async with y as z, x:
        return await z
    async for i in x:
        print(i)
    else:
        return
    return None


async def agen():
    yield
    x = yield 1
    await x
    return


yields = lambda: (yield)
nested = lambda a, /, b=1, *c, d, **e: lambda: (a, b, c, d, e)


def returns(x):
    while x:
        try:
            with x:
                for i in x:
                    if i:
                        return i
                    elif x:
                        return (
                            3
                        )
                    else:
                        return
        finally:
            print(lambda: x)
            print(i for i in x)
    return \
        x


def unreachable():
    return 1
    print(2)


if __debug__:
    def debug():
        assert debug, "message"
