# What the test that executes rewritten code in all versions compiles: run()
# returns something that depends on most ways control can go.


class Manager(object):
    def __init__(self, out, swallow):
        self.out, self.swallow = out, swallow

    def __enter__(self):
        self.out.append("enter")
        return len(self.out)

    def __exit__(self, *exc):
        self.out.append("exit" if exc[0] is None else exc[0].__name__)
        return self.swallow


def loops():
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
    while n < 50:
        n += 3 if n % 2 else 5
    else:
        out.append(n)
    while True:
        try:
            if n:
                n -= 1
                continue
            break
        finally:
            out.append(n)
    return out


def tries(out, x):
    try:
        out.append("try")
        if x == 0:
            raise ValueError(x)
        if x == 1:
            return "returned"
        if x == 2:
            [][x]
        for y in [1, 2, 3]:
            try:
                if y == 2:
                    continue
                if x == y:
                    break
                try:
                    raise KeyError(y)
                except KeyError as e:
                    out.append(repr(e.args))
                    if x == 4:
                        return out, (1, [2, {3: (4, 5)}])
            finally:
                out.append(y)
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


def withs(out):
    with Manager(out, True) as n, Manager(out, False):
        out.append(n)
        raise KeyError(n)
    for i in range(4):
        with Manager(out, False):
            if i == 1:
                continue
            if i == 3:
                break
            out.append(i)
    try:
        with Manager(out, False):
            try:
                return {}[3]
            finally:
                with Manager(out, True):
                    [][0]
    except KeyError as e:
        out.append(repr(e))
    with Manager(out, False):
        return "out"


def generator(n):
    total = 0
    while total < n:
        try:
            got = yield total
            total += got or 1
        except ValueError:
            total += 10
        finally:
            yield "finally"


def closures(a, b=2, *c, **d):
    e = [a]

    def inner(x):
        return lambda y: (a, b, c, sorted(d), e, x, y)

    e.append([i * j for i in range(4) if i for j in (a, b) if i != j])
    e.append(dict((k, v) for k, v in zip("ab", [1, 2])))
    return inner(a or b and not c)(1 < b < 3 if a else None)


def run():
    out = [loops()]
    for x in range(6):
        out.append(tries(out, x))
    out.append(withs(out))
    g = generator(14)
    out += [next(g), g.send(3), next(g), g.throw(ValueError()), next(g)]
    out.append(list(g))
    out.append(closures(1))
    out.append(closures(0, 2, 3, 4, x=5, y=6))
    return repr(out)
