# Sets of keys of many kinds, built, looked up and combined in every way, beside what their elements say one by one.
from _random import Random
from binascii import crc32
class Eq:
    def __init__(s,h,n): s.h=h; s.n=n
    def __hash__(s): return s.h
    def __eq__(s,o): return isinstance(o,Eq) and s.n==o.n
    def __repr__(s): return f'E{s.n}'
class SubS(str): pass
class SubI(int): pass
class Bad:
    def __hash__(s): return hash('k1')
    def __eq__(s,o): raise ValueError('compared')
r=Random(5)
def below(n): return int(r.random()*n)
def key(i):
    c=below(9)
    if c==0: return i
    if c==1: return float(i)
    if c==2: return 1000000*i+7
    if c==3: return Eq(i%7,i)
    if c==4: return SubI(i)
    if c==5: return (i,i+1)
    if c==6: return 2**70+i
    if c==7: return bool(i%2)
    return -i
def show(s): return [repr(x) for x in s] if len(s)<25 else crc32(repr(list(s)).encode())
for n in (0,1,3,5,9,20,40,78,150,300,600):
    pool=[key(below(n+1)) for _ in range(n)]
    a=set(pool); b=set(tuple(pool[n//3:])+tuple(key(below(n+5)) for _ in range(n//2)))
    for x in (a,b,a|b,a&b,b&a,a-b,b-a,a^b,b^a,set(list(a)),frozenset(pool),{x for x in pool}): print(n,len(x),show(x))
    print(a<=b,a>=b,a==set(reversed(pool)),a.isdisjoint(b),(a&b)<=a,(a-b).isdisjoint(b), sum(x in a for x in b))
    for x in pool[::3]: a.discard(x)
    print(show(a)); a|=b; print(show(a)); a.update(pool); print(show(a)); a-=b; print(show(a)); a^=set(pool); print(show(a)); a&=b; print(show(a))
    c=set()
    for x in pool:
        c.add(x)
        if len(c)%5==0: c.pop()
    c.update(pool); print(show(c))
strs=[str(i) for i in range(500)]
s=set(strs); t=set(SubS(x) for x in strs[250:])
print(len(s|t),len(s&t),len(s-t),len(s^t),s>=t,{type(x).__name__ for x in s&t},{type(x).__name__ for x in t&s},sorted(s^set(strs[:490])),len(set(strs+list(t))))
u=set(x+'' for x in strs); print(u==s, all(''.join(list(x)) in s for x in strs), set(strs)==set([SubS(x) for x in strs]))
for f in (lambda: {'k1',Bad()}, lambda: set(['k1',Bad()]), lambda: set([Bad(),'k1']), lambda: {'a','k1'}&{Bad()}, lambda: {'a','k1'}-{Bad()}, lambda: {'a','k1'}|{Bad()}, lambda: {'a','k1'}^{Bad()}, lambda: 'k1' in {Bad()}, lambda: {'k1'}<={Bad()}, lambda: {'k1'}=={Bad()}, lambda: {Bad()}.discard('k1'), lambda: {'k1'}.isdisjoint({Bad()}), lambda: {'a','k1'}-{Bad():1}.keys(), lambda: set([1,'a',[],2])):
    try: print(f())
    except Exception as e: print(type(e).__name__,e)
# comparing changes what is read
class Shrink:
    def __init__(s,l): s.l=l
    def __hash__(s): return 5
    def __eq__(s,o): s.l.clear(); return False
l=[5,6,7,'x']; l.insert(2,Shrink(l)); print(len(set(l)), l)
l=[1,2]; l+=[Shrink(l),5,8,9,10,11,12]; x=set(l); print(len(x),l)
l=['a',5]; l+=[Shrink(l)]+list(range(20)); x=set(); x.update(l); print(len(x),l)
class Grow:
    def __init__(s,t): s.t=t
    def __hash__(s): return 3
    def __eq__(s,o): s.t.update(range(100,200)); return False
t={3}; g=Grow(t); print(len(t|{g}), len(t)); print(3 in {g}, len(t))
print({0.0,-0.0,0,False}, {1,True,1.0}, {2**63,float(2**63)}, {None,None,...}=={...,None})
