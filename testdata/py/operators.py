def arithmetic(a, b):
    return (a + b, a - b, a * b, a / b, a // b, a % b, a ** b,
            a << b, a >> b, a & b, a | b, a ^ b, +a, -a, ~a, not a)


def inplace(a, b):
    a += b
    a -= b
    a *= b
    a /= b
    a //= b
    a %= b
    a **= b
    a <<= b
    a >>= b
    a &= b
    a |= b
    a ^= b
    a.x += b
    a[b] -= b
    a[b.c].d[0] *= 2
    a[1:2] += b
    return a


def compare(a, b):
    return (a < b, a <= b, a == b, a != b, a > b, a >= b,
            a in b, a not in b, a is b, a is not b)


def logic(a, b, c):
    return a and b or c, a or b and c, (a or b) and c, not a and not b
