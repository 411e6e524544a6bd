# Functions of all kinds called by builtins; names of classes; dicts of instances of all sizes.
import _functools as functools, _operator as operator
class M(type):
    @property
    def __name__(cls): return "meta-name"
class A(metaclass=M): pass
class B: __name__="inst"
def names(xs): return [x.__name__ for x in xs]
print(names([int, A, B, str, A, type, M, len, print]))
class C:
    class In: pass
def f():
    class L: pass
    return L
print(C.In.__name__, f().__name__, C.In.__qualname__, f().__qualname__)
C.__name__="Z"; print(C.__name__, C.__qualname__); C.__qualname__="Q"; print(C.__name__, C.__qualname__)
class D:
    __qualname__="D"; __doc__="doc"; __module__="mm"
for k in range(3): print(D.__doc__, D.__module__, D.__bases__, D.__mro__[0].__name__, D.__dict__["__doc__"])
# instance dict
class E:
    def __init__(self,n):
        for i in range(n): setattr(self,"a%d"%i,i)
for n in (0,1,3,8,9,12,30,63,64,65,80):
    for r in range(3):
        e=E(n); d=e.__dict__; assert list(d)==["a%d"%i for i in range(n)], d
        d["z"]=1; assert e.z==1; e.y=2; assert d["y"]==2
        if n: del d["a0"]; assert not hasattr(e,"a0"); e.a0=5; assert list(d)[-1]=="a0"
        assert vars(e) is d and len(d)==n+2
        assert all(d["a%d"%i]==i for i in range(1,n))
class S: __slots__=("x","__dict__")
s=S(); s.x=1; s.q=2; print(s.__dict__, s.x)
# keys
class Key:
    def m(self,x): return -x
    @classmethod
    def c(cls,x): return -x
    @staticmethod
    def s(x): return -x
    def __call__(self,x): return -x
k=Key(); l=[3,1,2]*5
for key in (k.m,k.c,Key.s,k,functools.partial(k.m),functools.partial(lambda a,b:a-b,5),operator.neg,abs,str,int,[9,8,7,6].__getitem__,lambda x,y=1:-x, lambda *a:-a[0], lambda x,**k:-x, operator.itemgetter):
    try: print(sorted(l,key=key), min(l,key=key))
    except Exception as e: print(type(e).__name__, e)
for key in (lambda:1, lambda x,y:1, len, k.m.__func__, dict.get, {}.update, 5, None):
    try: print(sorted(l,key=key))
    except Exception as e: print(type(e).__name__, e)
# list mutated in key
l2=[3,1,2]
def bad(x): l2.append(x); return x
try: l2.sort(key=bad)
except ValueError as e: print(e, l2)
# recursion sorted in sorted, gens, exceptions
def deep(x):
    if x>0: return sorted([x-1,x-2],key=deep)
    return []
try: print(sorted([5,4,3],key=deep))
except Exception as e: print(type(e).__name__,e)
def r(x): return sorted([x,x+1],key=r)
try: r(1)
except RecursionError as e: print("RecursionError")
def gen():
    for i in range(3):
        yield sorted([3,2,1],key=lambda v:-v*i)
print(list(gen()))
def raiser(x):
    if x==2: raise KeyError(x)
    return x
try: sorted([1,2,3],key=raiser)
except KeyError as e:
    tb=e.__traceback__; n=0
    while tb: n+=1; tb=tb.tb_next
    print(e,n)
print(functools.reduce(k.__class__.__call__ if 0 else (lambda a,b:a*b),[1,2,3,4]), functools.reduce(divmod.__self__.max,[1,5,2]), functools.reduce("{}{}".format,["a","b"]), functools.reduce("x".replace,["x","y"]))
big=list(range(1000)); print(sorted(big,key=lambda x:-x)[:3], sorted(range(256),key=lambda x:-x)[:2], sorted(range(257),key=lambda x:x%7)[:3])
class Lt:
    def __init__(s,v): s.v=v
    def __lt__(s,o):
        return sorted([s.v,o.v],key=lambda q:q)[0]==s.v and s.v!=o.v
print([x.v for x in sorted([Lt(i*7%11) for i in range(11)])], [x for x in sorted(range(11),key=lambda i:Lt(i*7%11))])
