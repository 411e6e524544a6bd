# Counting the items of lists, for which a Counter gets room at once.
from _collections import _count_elements
class Counter(dict):
    def __init__(s, x=()): s.update(x)
    def update(s, x):
        if isinstance(x, dict): dict.update(s, x)
        else: _count_elements(s, x)
    def __missing__(s, k): return 0
    def total(s): return sum(s.values())
    def most_common(s, n): return sorted(s.items(), key=lambda p: -p[1])[:n]
class K:
    def __init__(s, n, then=None): s.n=n; s.then=then
    def __hash__(s): return s.n%10
    def __eq__(s, o):
        if s.then: s.then()
        return isinstance(o, K) and s.n==o.n
    def __repr__(s): return f'K{s.n}'
for n in (0,1,2,7,8,9,20,100,1000):
    for m in (1,3,50,10**6):
        l=[i*i%m for i in range(n)]; c=Counter(l); d={}
        for x in l: d[x]=d.get(x,0)+1
        print(n,m,len(c),dict(c)==d,list(c)==list(d),Counter(map(str,l))==Counter([str(x) for x in l]),c.total())
l=[K(i%30) for i in range(200)]; c=Counter(l); print(c.most_common(3), len(c))
c=Counter(range(20)); c.update(list(range(10,2000))); print(len(c), c[15], c[1999]); c.update([2**70]*3+['x']*20); print(c[2**70], c['x'])
c=Counter({'a':1.5,'b':2**63-1}); c.update(['a','b','a','b']); print(c)
c=Counter({'a': 'x'})
try: c.update(['b','a','c'])
except TypeError as e: print(e, dict(c))
try: Counter([1,2,[],3])
except TypeError as e: print(e)
l=[1,2,3]; l+=[K(3,l.clear),3,4,5]; print(len(Counter(l)), l)
c=Counter(); l=[3,K(3,c.clear),3,K(13,c.clear),3]
try: c.update(l); print(len(c)<9)
except KeyError: print('gone')
def bad(): raise ValueError('compared')
c=Counter()
try: c.update([1,3,K(3,bad),9])
except ValueError as e: print(e, c)
class D(Counter):
    def __setitem__(s,k,v): super().__setitem__(k,v*10)
print(D([1,1,2]))
