def f(a, b, c):
    a[:] ; a[b:] ; a[:c] ; a[b:c] ; a[b:c:1] ; a[::] ; a[..., 1] ; a[b:c, 1]
    a[:] = a[b:] = a[:c] = a[b:c] = c
    a[b:c] += 1 ; a[:] *= 2 ; a[b:] -= 1 ; a[:c] /= 2
    del a[:], a[b:], a[:c], a[b:c], a[b:c:1]
