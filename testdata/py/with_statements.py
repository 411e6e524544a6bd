def f(a, b):
    with a:
        pass
    with a as x:
        print(x)
    with a as x, b as y:
        print(x, y)
    with a() as (x, y):
        return x
    with a as b.attr, b as b[0]:
        pass


def flow(a):
    for x in a:
        with x:
            continue
        with x as y:
            break
    with a:
        with a.b as c:
            raise c
    with a:
        return 1
    return 2


def tries(a):
    try:
        with a as b:
            try:
                return b
            finally:
                b()
    except ValueError:
        with a:
            raise
    finally:
        with a:
            pass
