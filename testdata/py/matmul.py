# python >= 3.6
def f(a, b):
    a @= b
    return a @ b @ a
