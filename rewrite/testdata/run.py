# What the test that executes rewritten code compiles: each check_* function
# returns something that depends on every way control can go.
import contextlib


def check_loops():
    out = []
    for i in range(5):
        if i == 1:
            continue
        for j in range(3):
            if j == 2 and i > 2:
                break
            out.append((i, j))
        else:
            out.append("else %d" % i)
    n = 0
    while n < 400:
        n += 3 if n % 2 else 5
    else:
        out.append(n)
    return out


def check_try():
    out = []

    def one(x):
        try:
            out.append("try")
            if x == 0:
                raise ValueError(x)
            if x == 1:
                return "returned"
            if x == 2:
                [][x]
        except ValueError as e:
            out.append(str(e))
            return "value error"
        except (IndexError, KeyError):
            out.append("index")
        else:
            out.append("else")
        finally:
            out.append("finally")
        return "end"

    for x in range(5):
        out.append(one(x))
    for x in range(3):
        try:
            if x == 1:
                continue
            if x == 2:
                break
        finally:
            out.append(x)
    try:
        try:
            1 / 0
        finally:
            out.append("inner")
    except ZeroDivisionError:
        out.append("outer")
    return out


@contextlib.contextmanager
def manager(out, swallow):
    out.append("enter")
    try:
        yield len(out)
    except KeyError:
        if not swallow:
            raise
        out.append("swallowed")
    finally:
        out.append("exit")


def check_with():
    out = []
    with manager(out, True) as n, manager(out, False):
        out.append(n)
        raise KeyError(n)
    try:
        with manager(out, False):
            {}[3]
    except KeyError as e:
        out.append(repr(e))
    for _ in range(2):
        with manager(out, False):
            continue
    return out


def check_generators():
    def inner(n):
        try:
            got = yield n
            while got:
                got = yield got * 2
        finally:
            yield "closing"
        return "result"

    def outer():
        value = yield from inner(3)
        yield value
        yield from [x * y for x in range(3) for y in range(x)]

    g = outer()
    out = [next(g), g.send(5), g.send(6), g.send(0), next(g), next(g)]
    out.extend(g)
    h = outer()
    next(h)
    try:
        out.append(h.throw(ValueError))
        next(h)
    except ValueError:
        out.append("thrown")
    return out


def check_async():
    class Steps:
        def __init__(self, n):
            self.n = n

        def __aiter__(self):
            return self

        async def __anext__(self):
            self.n -= 1
            if self.n < 0:
                raise StopAsyncIteration
            return self.n

        async def __aenter__(self):
            return self

        async def __aexit__(self, *exc):
            return True

    async def agen():
        async for x in Steps(4):
            if x == 2:
                continue
            yield x

    async def main():
        out = [x async for x in agen()]
        async with Steps(1) as s:
            out.append(s.n)
            raise RuntimeError
        async for x in Steps(2):
            if x == 0:
                break
        else:
            out.append("never")
        return out

    try:
        main().send(None)
    except StopIteration as e:
        return e.value


def check_match():
    def kind(x):
        match x:
            case 0 | None:
                return "nothing"
            case [1, *rest] if rest:
                return rest
            case {"a": a, **more}:
                return a, more
            case int(n) if n > 5:
                return "large"
            case _:
                return "other"

    return [kind(x) for x in (0, None, [1], [1, 2, 3], {"a": 1, "b": 2}, 7, 3, "s")]


def check_groups():
    out = []
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2), KeyError(3)])
    except* ValueError as e:
        out.append(e.exceptions)
    except* (TypeError, KeyError) as e:
        out.append(len(e.exceptions))
    return repr(out)


def check_closures():
    total = 0

    def add(n, *, by=2, **more):
        nonlocal total
        total += n * by + len(more)
        return lambda x: (x, total, n)

    class C:
        value = total

        def method(self):
            return __class__.value

    return [add(1)(2), add(2, by=3, a=1)(4), total, C().method(), C().method() is total]


def check_expressions():
    a, *b, c = range(5)
    x = [i for i in b if i != 2 if i or a] + [c]
    y = {k: v for k, v in zip("abc", x)}
    z = a and b or c
    s = f"{a!r:>3}{c:0{a + 3}d}{'x' if a else 'y'}"
    return x, y, z, s, 1 < c < 5 > a, not b, a is None, c not in b, x[1:], (w := c) + w
