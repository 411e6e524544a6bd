"""Stores to the same variable one behind the other."""


def repeated(f):
    a = a = f()
    a = b = a = f
    a = [a] = b
    return a, b
