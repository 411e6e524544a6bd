a = 1 <> 2
b = 1 / 2, 1 // 2, 7 % 3
c = x <> y == z
def f(a, b):
    a /= b
    return a <> b, a / b, cmp(a, b), apply(f, a)
