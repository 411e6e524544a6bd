"""What is taken apart, or given to a call with *, comes from generators and iterators: too few, too many, failing, looking at frames."""
import sys
log = []
def g(n, fail=None):
    try:
        for i in range(n):
            log.append(i)
            if i == fail: raise KeyError(i)
            yield i
    finally: pass
class It:
    def __init__(self, n): self.n, self.i = n, 0
    def __iter__(self): return self
    def __next__(self):
        if self.i == self.n: raise StopIteration
        self.i += 1; return self.i
class G:
    def __iter__(self): yield from g(3)
def tr(f):
    log.clear()
    try: r = f()
    except Exception as e: r = type(e).__name__, str(e)
    print(r, log)
def three(x):
    a, b, c = x
    return a, b, c
def two(x):
    a, b = x
    return b, a
def none(x):
    [] = x
    return 'none'
for n in range(5):
    tr(lambda: three(g(n))); tr(lambda: two(g(n))); tr(lambda: none(g(n))); tr(lambda: three(It(n))); tr(lambda: two(It(n)))
for f in range(4): tr(lambda: three(g(4, f))); tr(lambda: two(g(3, f)))
tr(lambda: three(G())); tr(lambda: two(G())); tr(lambda: three(x for x in 'abc')); tr(lambda: two(x for x in 'abc')); tr(lambda: three(map(str, g(3)))); tr(lambda: three({1: 2})); tr(lambda: two({1: 2, 3: 4})); tr(lambda: two(5))
def frames():
    def h():
        yield sys._getframe(1).f_code.co_name
        yield [f.f_code.co_name for f in (sys._getframe(), sys._getframe(1))]
    a, b = h(); return a, b
tr(frames)
def rec():
    def h():
        a, b = it
        yield a
    it = h(); return two(it)
tr(rec)
def star(*a, **k): return a, k
tr(lambda: star(*g(3))); tr(lambda: star(*g(3, 1))); tr(lambda: star(*It(3))); tr(lambda: star(*G(), **{'a': 1})); tr(lambda: star(*[1, 2])); tr(lambda: star(*{1, 2})); tr(lambda: star(*'ab')); tr(lambda: max(*g(4))); tr(lambda: print(*g(3))); tr(lambda: star(*(x for x in range(40)))); tr(lambda: '{}{}'.format(*g(2)))
l = [1, 2]
class K:
    def keys(self): l.append(3); l.clear(); return ['z']
    def __getitem__(self, k): return k
tr(lambda: star(*l, **K()))
def later():
    it = g(5)
    try: a, b = it
    except ValueError: return list(it)
tr(later)
