"""Iterators that give tuples to loops that take them apart at once."""

from itertools import *
for a,b,c in zip(range(3),"abc",[1,2,3]): print(a,b,c)
for a,b,c in islice(combinations(range(5),3),1,None,2): print(a,b,c)
for a,b,c in islice(product(range(2),repeat=3),5): print(a,b,c)
for a,b in islice(zip("abcd",range(9)),1,3): print(a,b)
for a,b in islice(enumerate("abcd"),1,None,2): print(a,b)
for a,b in zip_longest("ab","xyz"): print(a,b)
for a,b,c in zip_longest("ab","xyz",[],fillvalue=0): print(a,b,c)
try:
    for a,b in zip("ab","cd","ef"): print(a,b)
except ValueError as e: print(e)
try:
    for a,b,c in permutations(range(3),2): print(a,b)
except ValueError as e: print(e)
try:
    for a,b,c in zip("ab","cde","ef",strict=True): print(a,b,c)
except ValueError as e: print(e)
print(list(starmap(pow,zip([1,2],[3,4]))), list(starmap(max,zip([1,2],[3,4],[5,6]))), list(starmap(pow,[(1,2),[3,4]])))
def bad():
    yield 1
    raise KeyError("x")
try:
    for a,b,c in zip([1,2],bad(),[3,4]): print(a,b,c)
except KeyError as e: print(repr(e))
try:
    for a,b in zip_longest([1,2],bad()): print(a,b)
except KeyError as e: print(repr(e))
print([a+b+c for a,b,c in zip([1,2],[3,4],[5,6])], {a:(b,c) for a,b,c in islice(permutations("abc"),4)})
class Z(zip):
    def __next__(self):
        x=super().__next__()
        return x[::-1]
for a,b,c in Z("ab","cd","ef"): print(a,b,c)
for a,b in islice(Z("ab","cd"),5): print(a,b)
s=islice(zip("abcdef",range(9)),1,5)
for a,b in s:
    print(a,b,next(s,None))
z=zip(*[iter(range(9))]*3)
for a,b,c in z: print(a,b,c)
for a,b,c in combinations_with_replacement("xy",3): print(a,b,c)
def g():
    for a,b,c in zip("ab","cd","ef"): yield a,b,c
print(list(g()))
for a,b,c,d in zip([1],[2],[3],[4]): print(a,b,c,d)
for (a,b),c in zip(zip([1,2],[3,4]),[5,6]): print(a,b,c)
for a,*b in zip([1],[2],[3]): print(a,b)
def self_ref():
    global gi
    yield 1
    try: next(gi)
    except Exception as e: print(type(e).__name__, e)
    yield 2
gi=zip_longest(self_ref(),[1,2,3])
for a,b in gi: print(a,b)
for a,b in islice(zip_longest([1],[2,3]),0): print(a)
print(list(islice(islice(zip("abc","def"),2),1)))
