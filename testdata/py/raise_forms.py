def f(a):
    if a:
        raise ValueError
    if a.b:
        raise ValueError("x")
    try:
        a()
    except a.Error:
        raise
    raise a.Error(a, a.b)
