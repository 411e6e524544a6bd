def f(a, b, c, d):
    if a < b < c:
        return 1
    if a < b <= c != d:
        return a < b > c
    while a == b == c:
        a = not a < b < c
    x = a is b is not c in d
    assert a < b < c, "message"
    return (a < b < c) and (b < c < d) or 0 < a < 10
