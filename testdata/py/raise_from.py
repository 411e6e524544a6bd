# python >= 3.6
def f(a):
    try:
        a()
    except ValueError as e:
        raise TypeError from e
    except KeyError:
        raise TypeError("x") from None
    raise a() from a.b
