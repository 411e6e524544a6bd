# python >= 3.6
from os import *
class C:
    def f(self):
        print(super)
        return [*self], (*self, 1)
    async def g(self):
        yield 1
    def h(self):
        try:
            yield
        except StopIteration:
            raise
x = +a
assert isinstance(x, tuple), all(y for y in x) or any(y for y in x) or tuple(y for y in x) or list(y for y in x) or set(y for y in x)
