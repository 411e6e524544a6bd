# next() of generators that nothing else knows, with and without a default.
import gc, sys

l = [3, 1, 4, 1, 5]
def first(l, d): return next((x for x in l if x > 2), d)
for i in range(40):
    assert first(l, None) == 3 and first([], i) == i and first([1], (i,)) == (i,)
def plain(l): return next(x for x in l)
for i in range(40): assert plain([i]) == i
try: plain([])
except StopIteration as e: print(repr(e), e.value)

def f(d, *a):
    a1 = next((x for x in a if x), d)
    a2 = next((y for x in a for y in range(x)), a1)
    return a1, a2, next((next((z for z in range(x) if z > 1), 'in') for x in a), 'out')
for i in range(30): r = f('d'), f('d', 0), f('d', 3), f('d', 1, 7)
print(r)

# Generators that others know stay.
kept = []
def keep(g, *d):
    kept.append(g)
    return len(kept)
def other():
    next = keep
    return next((x for x in l), None), next(x for x in l)
print(other(), [list(g) for g in kept])
stored = (x for x in l)
def again(): return next((lambda: stored)(), None)
print(again(), again(), list(stored), again())
def selfish(): return next((sys._getframe(0).f_generator for x in l), None)
g = selfish()
print(type(g).__name__, list(map(type, g)) == [type(g)] * 4, g.gi_frame)
def frames(): return next((sys._getframe(0) for x in l), None)
fr = frames(); print(fr.f_code.co_name, fr.f_generator is not None or fr.f_lineno > 0)
builtin = next
def swapped():
    global next
    out = []
    for i in range(3):
        out.append(next((x for x in l), None))
        next = keep if i == 0 else builtin
    del next
    return out
next = builtin
kept.clear(); print(swapped(), [list(g) for g in kept])

# The default may do anything, and come from anywhere.
def default(l, m): return next((x for x in l if x > 9), next((x for x in m if x > 9), m.pop()))
print([default([1], [2, 3]) for i in range(20)][-1], default([10], [20, 30]))
def raising(l): return next((x for x in l), 1 // 0)
try: raising(l)
except ZeroDivisionError as e: print(e)
def bad(l): return next((1 // x for x in l), 'd')
for x in ([0], [1], []):
    try: print(bad(x))
    except ZeroDivisionError as e: print(e, e.__traceback__.tb_next.tb_next.tb_frame.f_code.co_name)
def stops(l):
    return next((next(iter(())) for x in l), 'd')
try: stops([1])
except RuntimeError as e: print(e, repr(e.__cause__))
print(stops([]))

# Calls in generators, methods, nested functions; collections meanwhile.
def gen(l):
    for i in l: yield next((x for x in range(i, 10) if x % 3 == 0), None), next((gc.collect() and 0 or x for x in l), i)
print(list(gen([1, 4, 11])))
class C:
    def m(self, l): return next((x for x in l if x is self), next((x for x in l if x), self))
c = C(); print(c.m([c]) is c, c.m([]) is c, c.m([0, 7]))
def many(n):
    s = 0
    for i in range(n):
        s += next((x for x in (i, i + 1) if x % 2), 0) + next((y for x in [[i], [1]] for y in x), 0)
        s += next((x for x in [] if x), i)
    return s
print(many(5000))
v = iter([1]); print(next(v, 2), next(v, 2), next((x for x in ()), None))
h = (x for x in [1, 2]); print(next(h, 0), next(h, 0), next(h, 0), next(h, 0))
def ret():
    yield 1
    return 9
h = ret(); print(next(h, 0), next(h, 0), next(h, 0))
def rec(n): return next((rec(n - 1) for _ in (0,)), None) if n else 'end'
print(rec(40))
try: next((x for x in ()), 1, 2)
except TypeError as e: print(e)
