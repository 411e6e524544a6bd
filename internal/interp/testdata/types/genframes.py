# Generators that are used again, seen through frames, weak references, traces and closures.
import sys
from _weakref import ref
held = []
def keep(n=1):
    f = sys._getframe(1)
    held.append((f.f_generator, f)); return 1
a = list(keep() for _ in range(2))
b = [list((x, y) for y in 'ab') for x in 'cd']
g, f = held[0]
print(type(g), g.gi_frame, g.gi_code.co_name, g.gi_running, g.gi_suspended)
print(held[0][0] is held[1][0], f.f_code.co_name, f.f_locals.keys())
def use():
    for x in (keep() for _ in range(3)): pass
    for x in (keep() for _ in range(3)): pass
    return sum(keep() for _ in range(2)), sum(i * i for i in range(4))
held.clear(); print(use()); 
print(len({id(g) for g, _ in held}), [h[0].gi_frame for h in held])
for g, _ in held:
    try: print(next(g))
    except StopIteration as e: print('stop', e.value)
def gen(n):
    held.append(sys._getframe()); yield from range(n)
held.clear()
for x in gen(2): pass
for x in gen(3): pass
l = list(gen(2)) + sorted(gen(4)) + [*gen(1)]
print(l, [h.f_generator.gi_frame if h.f_generator else None for h in held], [h.f_locals for h in held])
class W:
    def __iter__(self):
        held.append(ref(sys._getframe().f_generator)); yield 1; yield 2
held.clear()
for _ in W(): pass
for _ in W(): pass
print(sum(W()), max(W()), len(held))
# functions of generator expressions: the frame's function is not visible, its cells are
def cells():
    x = 1; fs = []
    g1 = (x + i for i in range(3))
    t = tuple(x + i for i in range(3))
    fs.append(lambda: x)
    x = 5
    u = tuple((lambda: x + i)() for i in range(3))
    v = tuple(lambda: (x, i) for i in range(3))
    w = tuple((x, sys._getframe().f_locals['x']) for i in range(2))
    x = 7
    return list(g1), t, fs[0](), u, [f() for f in v], w
print(cells()); print(cells())
def nested(n): return tuple(tuple(tuple((i, j, k) for k in range(n)) for j in range(n)) for i in range(n))
print(nested(2), nested(3) == tuple(tuple(tuple((i, j, k) for k in range(3)) for j in range(3)) for i in range(3)))
def tracef(f, e, a):
    if e == 'call' and f.f_code.co_name == '<genexpr>': held.append(f.f_generator)
    return tracef
held.clear(); sys.settrace(tracef); q = [tuple(i for i in range(2)), list(i for i in 'ab'), sum(i for i in (1,))]; sys.settrace(None)
print(q, len(set(map(id, held))), [h and h.gi_frame for h in held])
def err(n):
    try: return sum(10 // i for i in range(n, -1, -1))
    except ZeroDivisionError as e:
        tb = e.__traceback__
        while tb.tb_next: tb = tb.tb_next
        return tb.tb_frame
fr = [err(3), err(2)]
tuple(i for i in range(50)); list(c for c in 'abc')
print([(f.f_code.co_name, sorted(k for k in f.f_locals), f.f_locals['i']) for f in fr])
def early():
    it = iter(range(10))
    r = [any(x > 2 for x in it), next(it), all(x < 5 for x in it), next(it), 7 in (x for x in it), next(it)]
    a, b = (x for x in 'xy'); r += [a, b]
    first, *rest = (x for x in range(3)); return r, first, rest
print(early())
def rec(n): return 1 + sum(rec(n - 1) for _ in range(2)) if n else 1
print(rec(8))
async def ag(n):
    for i in range(n): yield i
async def co():
    r = [x async for x in ag(3)]; s = 0
    async for x in ag(4): s += x
    return r, s
try: co().send(None)
except StopIteration as e: print(e.value)
d = {'a': 1}
def dd():
    for k in d: yield k, d
print(dict((k, v) for k, v in dd()), {k: len(v) for k, v in dd()})
try:
    for k in (d.setdefault(k * 2, 1) for k in d): pass
except RuntimeError as e: print(e)
