# Sets and dicts filled from iterables of all kinds: some that fail, change what is iterated over, or tell a wrong length.
class I:
    def __init__(s,n): s.n=n
    def __iter__(s): return s
    def __next__(s):
        s.n-=1
        if s.n<0: raise StopIteration
        return s.n
class Z(zip): pass
class E(enumerate):
    def __next__(self):
        return super().__next__()[::-1]
print(dict(Z("ab",[1,2])), dict(E("ab")), dict(zip(I(3),I(3))), set(I(30))==set(range(30)))
try: dict(zip([1,2],[1],strict=True))
except ValueError as e: print(e)
class R:
    def __iter__(s):
        yield 1,2
        raise ValueError("x")
try: dict(R())
except ValueError as e: print(e)
def g():
    yield from range(3)
    raise KeyError(1)
for f in (set,frozenset,dict.fromkeys,lambda x:{1}.union(x),lambda x:{1:2}|{k:1 for k in x}):
    try: f(g())
    except KeyError as e: print('KeyError',e)
class D(dict):
    def __setitem__(s,k,v): super().__setitem__(k,str(v))
print(D.fromkeys([1,2,1],3), D([(1,2)]), D(zip("ab","cd")))
class N(dict):
    def __new__(cls,*a): return made
made={i:[i] for i in range(20)}
print(N.fromkeys({1:2,50:3},7), N.fromkeys({1,60},8), N.fromkeys([1,70],9))
class S(set):
    def add(s,x): raise 1
print(sorted(S([1,2,3]*20)), S("a"), S().union([1]))
s=set(range(10)); s.__init__([1,2]); print(s)
s={'a'}; s.update(range(40)); print(len(s), 'a' in s)
s=set(range(40)); s.update(['a']*3); print(len(s), 'a' in s)
d={}; d.update(zip(range(30), map(str,range(30)))); print(len(d), d[29])
d={i:i for i in range(100)}; d.update([[i,[i]] for i in range(50,60)]); print(d[55],len(d))
d={}; d.update([(i%3,i) for i in range(1000)]); print(d)
d=dict([(i%3,i) for i in range(1000)]); print(d, set([i%3 for i in range(1000)]))
L=[1,2,3]
class H:
    def __init__(s,i): s.i=i
    def __hash__(s):
        L2.clear(); return s.i
    def __repr__(s): return 'H%d'%s.i
L2=[H(1),H(2),H(3)]
print(set(L2)); L2=[H(i) for i in range(60)]; print(dict.fromkeys(L2)); L2=[(H(i),i) for i in range(60)]; print(dict(L2))
print(set(range(5,2**70,2**68)), set(range(0)), frozenset(range(3,-3,-1)))
x=set(b'abc'); print(sorted(x), set('héé')==set('éh'))
big=set(range(70000)); big-=set(range(10,70000)); print(big); big|={'x'}; print(len(big))
big=dict.fromkeys(range(70000)); 
for i in range(69990): del big[i]
big['x']=1; print(big, len(dict(big)))
m={**{'a':1},**{'b':[2]},'c':3}; print(m, {1:2,**{1:3}}, {} | {} , dict(m, z=1), dict({1:1}, **{'q':2}))
