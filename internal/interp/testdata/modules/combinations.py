"""Tuples that combinatoric iterators make a few at a time, of numbers and of objects, some of which are kept; repeat."""
from itertools import *
import gc
def keep(it, every):
    # tuples whose neighbours are forgotten
    return [t for i, t in enumerate(it) if i % every == 0]
class O:
    def __init__(self, n): self.n = n
    def __repr__(self): return 'O%d' % self.n
    def __eq__(self, o): return isinstance(o, O) and self.n == o.n
    def __hash__(self): return self.n
pools = [range(6), 'abcdef', [1, 'a', None, 2.5, True, O(1)], [O(i) for i in range(6)], [10**30 + i for i in range(6)], [None] * 4, [], [7]]
for p in pools:
    for r in range(4):
        for it in (combinations(p, r), permutations(p, r), combinations_with_replacement(p, r), product(p, repeat=r), product(p, repeat=r)):
            l = keep(it, 7)
            gc.collect()
            print(len(l), l[:3], l[-2:], len(set(l)))
print(len(list(permutations(range(6)))), list(product([1, 2], 'ab', [None], [O(3)]))[:3], list(product()), list(permutations([])), list(combinations([], 0)))
a = product([1, 2], [O(1)]); x = next(a); y = next(a); z = next(a, None); print(x, y, z, next(a, None), x is not y)
d = {t: i for i, t in enumerate(permutations(range(5), 3))}; gc.collect(); print(d[4, 3, 2], len(d), (0, 1, 2) in d)
garbage = []
for i in range(300):
    garbage = [t for t in product(range(12), [str(i), i, [i]])][::5]
    garbage += combinations([str(j + i) for j in range(9)], 3)
print(garbage[:2], garbage[-1])
print([list(repeat(1, n)) for n in (0, 1, 3)], repeat(2, 5), list(zip(range(3), repeat('x'))), sum(repeat(2, 10)))
r = repeat('a', 3); next(r); print(r, list(r), list(r), list(islice(repeat(5), 4)))
class P(permutations): pass
class Q(product):
    def __next__(self): return 'own', super().__next__()
print(list(P([1, 2])), next(Q([1], [2])), list(combinations(range(25), 24))[-1][-1], len(list(product(range(2), repeat=12))), next(combinations_with_replacement('z', 30))[29])
for a, b in product([1, 2], 'x'): print(a, b, end=' ')
for a, b, c in permutations([1, 2, 3]): print(a, b, c, end=' ')
for a, b, c in permutations([1, 2, 3]): t = (a, b, c); break
p = permutations('abc'); a, b, c = next(p); rest = list(p); print(rest[0], rest[-1])
