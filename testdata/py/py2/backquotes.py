a = 1
print `a`, `a + 1, 2`, ``a``
def f(x): return `x`.join(`x` for _ in x)
