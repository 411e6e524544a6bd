# for i, (x, y) in enumerate(...): neither tuple is made where the words behind each other take both apart.
import sys, itertools

def run(f, *args):
    try:
        print(f.__name__, f(*args))
    except Exception as e:
        print(f.__name__, type(e).__name__, e, e.__traceback__.tb_next.tb_lineno)

class E(enumerate):
    def __next__(self):
        i, x = super().__next__()
        return i + 100, x

class Z(zip):
    def __next__(self):
        return super().__next__()[::-1]

class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        self.n -= 1
        if self.n < 0: raise StopIteration
        if self.n == 1: raise ValueError("one")
        return self.n

def pairs(it):
    r = []
    for i, (x, y) in it: r.append((i, x, y))
    return r
def threes(it):
    r = []
    for i, (x, y, z) in it: r.append((i, x, y, z))
    return r
def fours(it):
    return [(i, w, x, y, z) for i, (w, x, y, z) in it]
def same(it):
    r = []
    for i, (x, i) in it: r.append((i, x))
    return r
def again(it):
    r = []
    for x, (x, y) in it: r.append((x, y))
    return r
def first(it):
    r = []
    for (x, y), i in it: r.append((i, x, y))
    return r
def stored(it):
    d = {}; l = [0, 0]
    for i, (d[i], l[1]) in it: pass
    return d, l
def starred(it):
    return [(i, x, y) for i, (x, *y) in it]
def held(it):
    r = []
    for i, p in it:
        x, y = p
        r.append(p)
    return r
def left(it):
    for i, (x, y) in it:
        if i == 2: break
    return i, x, y, list(it)
def grows(d):
    for i, (k, v) in enumerate(d.items()):
        d[k + 100] = i
    return d
def nested():
    r = []
    for i, (x, y) in enumerate(zip("abc", "def")):
        for j, (z, w) in enumerate({x: y, y: x}.items(), 7): r.append((i, j, x, y, z, w))
    return r
def suspended():
    for i, (x, y) in enumerate(zip("abc", "def")): yield i, x, y
def deleted(it):
    for i, (x, y) in it: del i, x
    return y

def ab(): return zip("abcd", range(4))
run(pairs, enumerate(ab()))
run(pairs, enumerate(ab(), 2**63 - 2))
run(pairs, enumerate(ab(), -2**70))
run(pairs, E(ab()))
run(pairs, enumerate(Z("abc", "def")))
run(pairs, enumerate({1: 2, 3: 4}.items()))
run(pairs, enumerate(zip("abc")))
run(pairs, enumerate(zip("abc", "def", "ghi")))
run(pairs, enumerate(zip(It(4), "abcd")))
run(pairs, enumerate(zip("abcd", It(4))))
run(pairs, enumerate(zip("ab", "c", strict=True)))
run(pairs, enumerate(enumerate("abc")))
run(pairs, enumerate(itertools.pairwise("abcd")))
run(pairs, enumerate(itertools.product("ab", "cd")))
run(pairs, enumerate(itertools.zip_longest("abc", "d")))
run(pairs, enumerate(["ab", (1, 2), {3: 4, 5: 6}]))
run(pairs, enumerate([1]))
run(pairs, zip("ab", zip("cd", "ef")))
run(threes, enumerate(zip("abc", "def", "ghi")))
run(threes, enumerate(zip("abc", "def")))
run(threes, enumerate(zip("abc", It(3), "def")))
run(threes, enumerate(itertools.combinations(range(4), 3)))
run(fours, enumerate(zip("ab", "cd", "ef", "gh")))
run(fours, enumerate(itertools.permutations(range(4)), 2**63 - 1) if 0 else enumerate(itertools.product("a", "b", "c", "de")))
for f in same, again, first, stored, starred, held, left, deleted: run(f, enumerate(ab()))
run(grows, {1: 2})
run(nested)
print(list(suspended()))
g = suspended(); next(g); print(g.gi_frame.f_locals)
seen = []
def trace(frame, event, arg):
    seen.append((frame.f_lineno - pairs.__code__.co_firstlineno, event, dict(frame.f_locals).get("i")))
    return trace
sys.settrace(trace); pairs(enumerate(zip("ab", "cd"))); sys.settrace(None)
print(seen)
from _collections import OrderedDict
def ordered(change):
    r = []
    try:
        for i, (k, v) in enumerate(d.items()):
            r.append((i, k, v)); change(k)
    except Exception as e: r.append(e)
    for k, v in d.items(): r.append((k, v))
    try:
        for k, v in d.items(): change(k); r.append((k, v))
    except Exception as e: r.append(e)
    return r
for change in (lambda k: None), (lambda k: d.move_to_end(k)), (lambda k: d.pop(k)), (lambda k: d.update(x=1)), (lambda k: d.__setitem__(k, 0)):
    d = OrderedDict(a=1, b=2, c=3); del d["b"]
    print(ordered(change), [p for p in reversed(d.items())], [x for x, y in reversed(d.items())])
d = OrderedDict(ab=1, cd=2)
print([x for x, y in d], [(x, y) for (x, y), z in d.items()], list(zip(d, d.values())), list(itertools.batched(range(7), 3)), list(itertools.batched("abcdefg" * 6, 33)), list(itertools.batched(range(40), 32)))
