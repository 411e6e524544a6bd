# Keys of dicts and elements of sets that have the hash of a str, a small int or a tuple of them, or equal one; containers in which they are looked for;
# and what is empty.
class H:
    def __init__(s,h,v): s.h=h; s.v=v
    def __hash__(s): return s.h
    def __eq__(s,o): print('eq',s.v,o if not isinstance(o,H) else o.v); return isinstance(o,H) and o.v==s.v or o==s.v
class rnd:
    n = 5
    def randrange(a, b=None):
        rnd.n = (rnd.n * 1103515245 + 12345) % 2**31
        return a + rnd.n // 16 % (b - a) if b is not None else rnd.n // 16 % a
    def choice(l): return l[rnd.randrange(len(l))]
    def random(): return rnd.randrange(1000) / 1000
d={}
for k in [1,True,1.0,0,False,0.0,-0.0,-1,-2,(1,2),(1.0,2),(True,2.0),(-1,-2),(-2,-1),('a',1),('a',1.0),(),((),),((1,2),),2**61-1,-(2**61-1),2**61,2**64,None,'a','b',(2**61-1,),(0,),(-(2**61-1),),(-1,),(-2,)]:
    d[k]=repr(k)
    print(len(d), d[k], k in d, k in set(d), k in frozenset(d))
x=H(hash((5,6)),(5,6)); d[x]='x'
print(d[(5,6)], (5,6) in set([x]), (5,6) in d)
x=H(hash('q'),'q'); d[x]='y'
print(d['q'], 'q' in {x}, {x:3}.get('q'))
x=H(hash(77),77); d[x]='z'
print(d[77], 77 in {x}, {x:3}.get(77))
class T(tuple):
    def __eq__(s,o): print('T.eq'); return tuple.__eq__(s,o)
    __hash__=tuple.__hash__
d[T((8,9))]=1
print(d[(8,9)], d[T((8,9))], (8,9) in {T((8,9))}, T((8,9)) in {(8,9)})
class S(str):
    def __eq__(s,o): print('S.eq'); return str.__eq__(s,o)
    __hash__=str.__hash__
e={S('zz'):1}; print(e['zz'], 'zz' in e, 'zz' in {S('zz')}, S('zz') in {'zz'}, S('zz') in {'zz':1})
n=float('nan'); print(n in {n}, (n,) in {(n,)}, {n:1}[n], 0.0 in {-0.0}, -0.0 in {0.0:1}, {0.0,-0.0}, {0,False,0.0})
for bad in ([],{},set(),([],),(1,[])):
    for c in ({},set(),frozenset([1]),{1:2}):
        try: print(bad in c)
        except TypeError as x: print(x)
    for f in (lambda: {}[bad], lambda: set().add(bad), lambda: set().discard(bad), lambda: set().remove(bad), lambda: {}.get(bad), lambda: {}.setdefault(bad,1)):
        try: print(f())
        except TypeError as x: print(x)
        except KeyError as x: print('KeyError',x)
s={frozenset([1,2]),3}; print({1,2} in s, s.discard({1,2}), s)
for bad in ('x',5,(1,2),(5,),2.5):
    for f in (lambda:{}[bad], lambda:set().remove(bad), lambda:{1:2,'a':2}[bad]):
        try: print(f())
        except KeyError as x: print('KeyError',x,x.args)
# deletes
d={}; s=set(); m=[]
def chk(): assert sorted(d,key=repr)==sorted(s,key=repr)==sorted(m,key=repr)
for i in range(6000):
    k=rnd.choice([rnd.randrange(-60,60),str(rnd.randrange(60)),(rnd.randrange(-3,8),rnd.randrange(8)),(str(rnd.randrange(8)),rnd.randrange(3)),rnd.randrange(60)/2, (rnd.randrange(4)/2,1)])
    if rnd.random()<.5:
        d[k]=i; s.add(k)
        if k not in m: m.append(k)
    else:
        d.pop(k,None); s.discard(k)
        if k in m: m.remove(k)
    assert (k in d)==(k in s)==(k in m), k
    if i%97==0: chk()
chk(); print(len(d), len(s))
print('b' in 'abc', '' in '', '' in 'a', 'é' in 'caf\xe9', 'bc' in 'abc', 'a' in 'b'*40+'a', '\ud800' in 'a\ud800', '\0' in 'a\0', 'x' in '')
try: 1 in 'a'
except TypeError as e: print(e)
class SS(str):
    def __contains__(s,x): return 42
print('a' in SS('b'), 'b' in SS('b'))
class Empty(dict):
    def __bool__(s): print('bool'); return False
    def __len__(s): print('len'); return 3
class L(list):
    def __len__(s): print('len'); return 0
for v in ('', 'a', [], [1], (), (1,), {}, {1:2}, set(), {1}, b'', b'a', 0.0, 1.5, None, Empty(), L([1]), range(0), range(2), frozenset(), object()):
    print(1 if v else 0, 1 if not v else 0, end=' ')
    while not v: print('w'); break
print()
class DD(dict):
    def __missing__(s,k): return ('miss',k)
x=DD(a=1); print(x['a'],x['b'],x[1],x[(1,2)])
