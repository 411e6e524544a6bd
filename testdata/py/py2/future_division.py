from __future__ import division
a = 1 / 2
def f(a, b):
    a /= b
    return a / b
