def f(x):
    "doc"
    x
    1
    return x
