# python >= 3.6
# Slices of constants are constants themselves from 3.14 on.
def f(a):
    a[1:2], a[:], a[::2], a[None:5], a[1:2:3], a["a":"b"], a[1.5:], a[-1:]
    a[1:2] = a[3:4]
    del a[5:6]
    a[1:2, 3:4]
    a[x:1], a[1:x]
    a[(1, 2):(3,)]
    return a[10 ** 20:], a[:-10]
