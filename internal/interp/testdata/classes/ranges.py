# Loops over ranges: none, small, large ones, changed by nobody, traced, jumped out of, in comprehensions and generators.
import sys, gc
def nest(*a):
    r = []
    for i in range(*a):
        for j in range(i):
            for k in range(j, i, 2): r.append((i, j, k))
        else: r.append(i)
        if i == 3: continue
        if i == 5: break
    else: r.append('else')
    return r
print(nest(0), nest(3), nest(7), nest(4, 2), nest(5, 0, -1), nest(-3, 3, 2))
def lots(a):
    out = []
    try:
        n = 0
        for i in range(*a):
            out.append(i); n += 1
            if n == 5: break
        out.append(n)
    except Exception as e: out.append((type(e).__name__, str(e)))
    r = []
    try:
        rr = range(*a)
        for i in rr:
            r.append(i)
            if len(r) == 5: break
        r.append(len(r))
    except Exception as e: r.append((type(e).__name__, str(e)))
    assert out == r, (out, r)
    try: c = [x for x in range(*a) if abs(x) < 50] if len(range(*a)) < 1000 else None
    except Exception as e: c = type(e)
    return out, c
class I:
    def __index__(s): return 3
big = [0, 5, -5, True, I(), 2**30, 2**30 - 3, 2**30 + 1, 2**31, 2**63 - 2, 2**64, "x", None]
for a in big: print(lots((a,)))
for a in big[:11]:
    for b in big[:11]:
        for c in (2, -16, 17): print(lots((a, b, c)), end=' ')
    print()
try: lots(())
except Exception as e: print(e)
print(lots(()), lots((1, 2, 3, 4)))
print([(i, j) for i in range(4) for j in range(i, 0, -1)], {i for i in range(5)}, {i: i for i in range(3, 8, 2)}, [[j for j in range(i)] for i in range(4)])
def gen(n):
    for i in range(n):
        yield i
        for j in range(i): yield -j
print(list(gen(4)), list(zip(gen(3), gen(4))))
def closures(): return [f() for f in [lambda: i for i in range(3)]]
print(closures())
def shadow(range):
    for i in range(3): yield i
print(list(shadow(lambda n: 'abc')))
def tr(f, e, a):
    if f.f_code.co_name == 'late': lines.append((e, f.f_lineno - f.f_code.co_firstlineno, f.f_locals.get('i'), f.f_locals.get('j')))
    return tr
lines = []
def late(n):
    for i in range(n):
        for j in range(n - 1, -1, -1):
            if i == j == 1:
                sys.settrace(tr); sys._getframe().f_trace = tr
            if i == 2: sys.settrace(None)
late(4); print(lines)
lines = []
sys.settrace(tr); late(3); sys.settrace(None); print(lines)
def held(n):
    for i in range(n):
        it = iter(range(10, 20))
        for j in it:
            if j == 12: break
        for j in it:
            yield i, j, next(it)
            break
        rs = [range(2), range(3)]
        for r in rs:
            for k in r: yield k, len(r), r
print(list(held(2)))
def collect():
    for i in range(3):
        for j in range(2):
            gc.collect(); f = sys._getframe(); gc.get_referents(f); str(f.f_locals)
    return i, j
print(collect())
for i in range(3):
    for j in range(2): print(i, j, end=';')
def same(n):
    r = range(n)
    s = []
    for i in r:
        for j in r: s.append(i * j)
    return s, r, [x for x in r], r[1:]
print(same(3))
def reuse():
    a = b = None
    for a in range(2):
        x = [a, *range(a), *[b for b in range(2)]]
    for b in range(2), range(3): x.append(b)
    return x, (yield from range(3))
print(list(reuse()))
