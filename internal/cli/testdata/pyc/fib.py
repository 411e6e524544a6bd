# Compiled to fib.VERSION.pyc by several versions, with time stamp 0.
class Fib(object):
    def upto(self, n):
        a, b = 0, 1
        while a < n:
            yield a
            a, b = b, a + b


def total(n):
    return sum(x for x in Fib().upto(n))
