a = lambda: None
b = lambda x: x + 1
c = lambda x, y=2, *z, **w: (x, y, z, w)
d = (lambda: (lambda: (lambda: 1)))()()()
e = sorted([3, 1, 2], key=lambda v: -v)
f = [lambda: i for i in range(3)]
g = lambda x: lambda y: lambda z: x + y + z
h = lambda: (yield)
i = lambda x: x if x else -x
j = {"k": lambda self: self}
