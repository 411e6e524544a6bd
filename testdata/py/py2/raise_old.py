def f(a, tb):
    raise a
    raise ValueError, "x"
    raise ValueError, a, tb
    raise a, None, tb
    raise
raise "string"
