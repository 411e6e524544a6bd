# Lists of the pairs that zip, enumerate and items() give: which are made in blocks.
import gc
class S:
    def __init__(s,n,e): s.n=n; s.e=e
    def __iter__(s): return s
    def __next__(s):
        if s.n==0: raise s.e
        s.n-=1; return s.n
for e in (StopIteration, StopIteration(5), ValueError('x')):
    for f in (lambda: list(zip(S(5,e),'abcdefgh')), lambda: list(zip('abcdefgh',S(5,e))), lambda: list(enumerate(S(7,e))), lambda: tuple(zip(S(3,e),S(9,e),strict=True)), lambda: sorted(zip(S(30,e),range(40)))):
        try: print(f())
        except Exception as x: print(type(x), x)
d={i:str(i) for i in range(100)}
l=list(d.items()); print(len(set(map(id,l))), l[50:53], l==[(k,v) for k,v in d.items()])
print(hash(l[3])==hash((3,'3')))
class K:
    def __init__(s,d): s.d=d; s.i=0
    def __iter__(s): return s
    def __next__(s):
        s.i+=1
        if s.i==3: s.d['new']=1
        if s.i>5: raise StopIteration
        return s.i
d={1:2,3:4,5:6,7:8}
try: print(list(zip(K(d),d.items())))
except RuntimeError as x: print(x)
it=iter(d.items()); next(it); print(list(it), list(it))
it=zip([1,2,3],[4,5,6]); next(it); print([*it], list(it))
print(list(enumerate([1.5,None,True,'a',2**70,()],start=2**63-2)))
keep=[p for p in list(enumerate([object() for _ in range(50)])) if p[0]%7==0]
gc.collect(); print(len(keep), [p[0] for p in keep])
class Z(zip):
    def __next__(s): return 'own'
class Z2(zip): pass
class E2(enumerate): pass
print(list(Z2('ab','cd')), list(E2('ab')), tuple(zip()), list(zip('a')), list(zip('ab','cd','ef')))
def g():
    yield 1
    raise KeyError('k')
try: list(zip(g(),range(9)))
except KeyError as e: print('KeyError',e)
m=list(zip([1,2.5,'a',None],[3,4,5,'z'])); gc.collect(); print(m, {a:b for a,b in m}, dict(m))
