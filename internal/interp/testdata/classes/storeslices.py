# Lists that are stored into slices, and nothing else knows, are used again.
kept = []
class Keeps:
    def __setitem__(self, k, v): kept.append(v)
class L(list):
    def __setitem__(self, k, v):
        kept.append(v); list.__setitem__(self, k, v)
class I:
    def __init__(self, n): self.n = n
    def __index__(self):
        global p
        q = [7, 8, 9]; q[1:2] = [4, 5]; kept.append(q)
        return self.n
def run(p, o, k):
    for _ in range(4):
        o[1:2] = p[1:k]
        o[1:k] = [k, k + 1]
        o[:k] = [x for x in p]
        o[k:] = p + [1]
        o[:2] = {k}
        p[1:2] = p[:]
        p[:3] = p[2::-1]
        p[I(1):k] = [x * 2 for x in p[I(0):2]]
        p[:1] = [p]
        p[:1] = [1]
        p[1:1] = p
        del p[6:]
        try: p[1:2] = [y for y in o if 1 // y]
        except (ZeroDivisionError, TypeError) as e: print(e)
        try: p[1:2] = k
        except TypeError as e: print(e)
        try: (1, 2)[1:k] = [k]
        except TypeError as e: print(e)
        r = [3, 2, 1]
        p[2:3] = r
        r.append(p[:2])
        kept.append(r)
    return p
print(run([1, 2, 3, 4], Keeps(), 3)); print(kept); kept.clear()
print(run([1, 2, 3, 4], [9, 8, 7], 2)); print(kept); kept.clear()
print(run([1, 2, 3, 4], L([9, 8, 7]), 2)); print(kept); kept.clear()
def perm(n):
    p = list(range(n)); c = 0; out = []
    for k in range(1, n):
        p[:k + 1] = p[k::-1]
        out.append(p[:k]); q = p[1:k]; q[0:1] = p[:2]; out.append(q)
    return out
print(perm(7))
def rec(n, l):
    if n: l[n:n] = [rec(n - 1, l), n]
    return n
l = [0] * 4; print(rec(5, l), l)
import sys
def traced(f, e, a): return traced
sys.settrace(traced); print(perm(4)); sys.settrace(None)
