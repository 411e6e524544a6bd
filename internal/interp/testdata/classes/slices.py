# Slices of all kinds as indexes: got, assigned, deleted, and those that objects keep.
class I:
    def __init__(s, i): s.i = i
    def __index__(s): return s.i
    def __repr__(s): return 'I(%d)' % s.i
def show(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
def get(x, a, b, c): return x[a:b:c], x[a:b], x[a:], x[:b], x[::c]
def put(x, a, b, c, y):
    x[a:b:c] = y
    return x
def put2(x, a, b, y):
    x[a:b] = y
    return x
def rem(x, a, b, c):
    del x[a:b:c]
    return x
def rem2(x, a, b):
    del x[a:b]
    return x
def aug(x, a, b, c):
    x[a:b:c] += x[a:b:c]
    return x
vals = [None, -2, 4, I(2), -10**30]
for x in [list(range(6)), tuple(range(6)), 'abcdef', b'abcdef', range(6), bytearray(b'abcdef'), 'äbcdeﬀ', 5, {1: 2}]:
    for a in vals[:2]:
        for b in vals:
            show(get, x, a, b, 2); show(get, x, a, b, -1)
    show(get, x, 1, 2, 0); show(get, x, 'a', 2, 1); show(get, x, 1, 2, 1.5)
for a in vals:
    for b in vals:
        for c in (2, -1, 0):
            for y in ([9, 8], iter('rs')):
                show(put, list(range(6)), a, b, c, y)
            show(rem, list(range(6)), a, b, c); show(aug, list(range(6)), a, b, c)
            show(rem, bytearray(range(6)), a, b, c)
        show(put2, list(range(6)), a, b, [9, 8]); show(rem2, list(range(6)), a, b)
class R:
    def __getitem__(s, k): return k
    def __setitem__(s, k, v): kept.append((k, v))
    def __delitem__(s, k): kept.append(k)
kept = []
def others(r):
    r[1:2:3] = 4; r[2:3] = 5; del r[1:2:3]; del r[3:4]
    kept.append(r[5:6:7]); kept.append(r[7:8])
    r[1:2:3] += slice(1, 2)
try: others(R())
except TypeError as e: print(e)
print(kept)
class L(list):
    def __getitem__(s, k): kept.append(k); return list.__getitem__(s, k)
    def __setitem__(s, k, v): kept.append(k); list.__setitem__(s, k, v)
kept = []
l = L(range(9)); print(l[1:8:3], l[1:8:2]); l[1:8:2] = 'abcd'; print(l, kept)
def gen(x):
    for i in range(3):
        y = x[i:5:2]
        y[::-1] = x[i:i+len(y)]
        yield y
def nested(x):
    x[1:3:1] = gen(x)       # slices are used while this one is
    return x
print(nested(list(range(8))))
d = {slice(1, 2, 3): 'k'}
def key(d, a, b, c): return d[a:b:c]
show(key, d, 1, 2, 3); show(key, d, 1, 2, 4)
