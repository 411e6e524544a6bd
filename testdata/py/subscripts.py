def f(a, b, c):
    a[0]
    a[b] = c
    a[b][c] = a[c][b]
    a[1:2], a[:2], a[1:], a[:], a[1:2:3], a[::2], a[::-1]
    a[b:c] = a[c:b]
    a[b:c:1] = ()
    a[1, 2], a[1:2, 3], a[..., 0], a[(1, 2)], a[()]
    del a[b:c], a[::2]
    a[b:c] += c
    a[-1] = a[-2]
    return a[b + c:b - c], "abc"[1], (1, 2, 3)[b], a[None:None], a[True]
