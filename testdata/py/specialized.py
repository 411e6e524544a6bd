# python >= 3.6
# Neighbours that 3.12's loader fuses and pairs that later compilers fuse.
def f(a, b, c):
    x = a
    y = x + b
    z = x
    x = y
    a, b = b, a
    for i in a:
        j = i
        k = j
    x.y = z
    x.y = a.b
    return x < y, x == 1, [x, y, z], a[b], a[1], (a, 1)


def g(n):
    total = 0
    while n > 0:
        total += n
        n -= 1
    if total == 0:
        return None
    if n is None:
        return 1
    return total
