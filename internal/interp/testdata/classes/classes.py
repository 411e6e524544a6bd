# Class statements, metaclasses, slots, operators and attribute hooks.
def t(f,*a,**k):
    try: r=f(*a,**k)
    except BaseException as e: print(type(e).__name__, '|', e)
    else: print('OK',repr(r))
# metaclass
class M(type):
    def __new__(m,n,b,d,**k): print('new',n,b,sorted(d),k); return super().__new__(m,n,b,d)
    def __init__(c,n,b,d,**k): print('init',n,k); super().__init__(n,b,d)
    @classmethod
    def __prepare__(m,n,b,**k): print('prepare',n,k); return {'pre':1}
    def __call__(c,*a,**k): print('call',a,k); return super().__call__(*a,**k)
    def __getattr__(c,n): return 'meta '+n
    def __instancecheck__(c,x): print('ic'); return x==5
    def __subclasscheck__(c,x): print('sc'); return x is int
    def __len__(c): return 42
    def __contains__(c,x): return x==3
    def __iter__(c): return iter([1,2])
    def __getitem__(c,k): return ('item',k)
    def __add__(c,o): return ('add',o)
    def __eq__(c,o): return o=='eq' or c is o
    def __hash__(c): return 3
    def __repr__(c): return 'M!'+c.__name__
    def __str__(c): return 'Mstr'
    def __bool__(c): return False
    def __dir__(c): return ['b','a']
    @property
    def prop(c): return 'metaprop'
class A(metaclass=M,x=1):
    y=2
    def __init__(self,v): self.v=v
a=A(3,)
print(a.v, A.zz, isinstance(5,A), isinstance(a,A), issubclass(int,A), issubclass(A,A), len(A), 3 in A, list(A), A['k'], A+1, A=='eq', A!='eq', hash(A), repr(A), str(A), bool(A), dir(A), A.prop, A.pre, type(A))
t(lambda: a.prop)
t(lambda:A.__class__)
t(lambda: A.mro())
class B(A, z=9): pass
print(B.__bases__, B.__mro__, B.y)
# conflicts
class M2(type): pass
t(lambda: type('X',(),{},) and M2('Y',(A,),{}))
def f():
    class Z(A, metaclass=M2): pass
t(f)
# mro override
class R(type):
    def mro(c): return [c,object] if c.__name__=='Short' else type.mro(c)
class S1(metaclass=R): q=1
class Short(S1): pass
t(lambda: Short.q)
print(Short.__mro__, Short.__base__)
class Bad(type):
    def mro(c): return [c,1]
t(Bad,'b',(),{})
class Bad2(type):
    def mro(c): return [c,int]
t(Bad2,'b',(),{})
class Bad3(type):
    def mro(c): return 5
t(Bad3,'b',(),{})
# set_name / init_subclass
class D:
    def __set_name__(self,o,n): print('set_name',o,n); self.n=n
    def __get__(self,i,o): print('get',i is None,o); return 'v'
    def __set__(self,i,v): print('set',v)
    def __delete__(self,i): print('del')
class P:
    def __init_subclass__(cls,/,a=None,**k): print('isub',cls,a,k); super().__init_subclass__(**k)
class C(P,a=1):
    d=D(); e=D()
c=C()
c.d
C.d
c.d=4
del c.d
c.__dict__['d']=9
c.d
def g():
    class Q(P,b=2): pass
t(g)
class E1:
    def __set_name__(self,o,n): 1/0
def h():
    class Q: x=E1()
try: h()
except Exception as e: print(repr(e), e.__notes__, repr(e.__cause__))
# nondata descr
class N:
    def __get__(self,i,o=None): return 'nd'
class C2: n=N()
x=C2()
print(x.n)
x.__dict__['n']=5
print(x.n)
# getattr hooks
class G:
    a=1
    def __getattr__(self,n):
        if n=='bad': raise KeyError(n)
        if n=='miss': raise AttributeError('custom')
        return 'ga '+n
    def __setattr__(self,n,v): print('sa',n,v); object.__setattr__(self,n,v)
    def __delattr__(self,n): print('da',n); object.__delattr__(self,n)
    @property
    def p(self): raise AttributeError('inner')
g1=G()
print(g1.a,g1.b,g1.p)
g1.k=3
print(g1.k)
del g1.k
t(lambda:g1.bad)
t(lambda:g1.miss)
print(getattr(g1,'miss',7),hasattr(g1,'miss'))
t(hasattr,g1,'bad')
def dd(): del g1.nope
t(dd)
class GA:
    def __getattribute__(self,n):
        if n=='x': return 1
        return object.__getattribute__(self,n)
t(lambda:GA().x)
t(lambda:GA().y)
t(lambda:GA().__class__)
class GB(GA):
    def __getattr__(self,n): return 'B'+n
t(lambda:GB().y)
# operators
class O:
    def __init__(s,n): s.n=n
    def __add__(s,o): return ('add',s.n,o) if not isinstance(o,str) else NotImplemented
    def __radd__(s,o): return ('radd',s.n,o)
    def __iadd__(s,o): return ('iadd',s.n,o)
    def __lt__(s,o): return NotImplemented
    def __eq__(s,o): return True if o==1 else NotImplemented
    def __neg__(s): return 'neg'
    def __index__(s): return 3
    def __call__(s,*a,**k): return (a,k)
    def __getitem__(s,k): return k
    def __setitem__(s,k,v): print('si',k,v)
    def __delitem__(s,k): print('di',k)
    def __pow__(s,o,m=None): return ('pow',o,m)
    def __rpow__(s,o,m=None): return ('rpow',o,m)
    def __divmod__(s,o): return 'dm'
    def __matmul__(s,o): return 'mm'
    def __rlshift__(s,o): return 'rl'
class O2(O):
    def __radd__(s,o): return 'sub radd'
o=O(1)
print(o+2, 2+o, o+O2(2), O2(2)+o, [1,2,3,4][o], -o, o(1,k=2), o[3], o[1:2], o**2, pow(o,2,3), 2**o, divmod(o,1), o@1, 1<<o)
t(lambda:o+'s')
t(lambda:o<1)
t(lambda:o<O(2))
print(o==1,o!=1,o==2,o!=2,1==o)
t(lambda:~o)
t(lambda:o-1)
t(lambda:1-o)
t(lambda:o|1)
t(hash,o)
o[1]=2
del o[1]
o+=5
print(o)
t(len,O(1))
t(iter,O(1))
t(next,O(1))
t(lambda: 1 in O(1)) if 0 else None
t(lambda:O(1).__len__)
# assignment of dunders
class V: pass
v=V()
t(len,v)
V.__len__=lambda s:7
t(len,v)
V.__len__=lambda s:-1
t(len,v)
V.__len__=lambda s:'a'
t(len,v)
del V.__len__
t(len,v)
class V2(V): pass
v2=V2()
V.__add__=lambda s,o:'A'
print(v2+1)
V2.__add__=lambda s,o:'B'
print(v2+1)
del V2.__add__
print(v2+1)
V.__call__=lambda s:'called'
print(v2())
V.__iter__=None
t(iter,v2)
V.__hash__=None
t(hash,v2)
V.__eq__=lambda s,o:'eq'
print(v2==1)
V.__contains__=None
t(lambda:1 in v2)
V.__bool__=lambda s:5
t(bool,v2)
V.__repr__=lambda s:5
t(repr,v2)
V.__getattr__=lambda s,n:n
print(v2.foo)
del V.__getattr__
t(lambda:v2.foo)
V.__str__=lambda s:'st'
print(str(v2))
V.__index__=lambda s:'x'
t(lambda:[1][v2])
V.__init__=lambda s:5
t(V)
V.__new__=lambda c:3
t(V)
del V.__new__
del V.__init__
print(type(V()))
V.__del__=lambda s:None
V.__lt__=1
t(lambda:v2<3)
V.__enter__=1
# slots
class Sl:
    __slots__=('b','a','__priv')
    def __init__(s): s.b=1
s=Sl()
print(Sl.__slots__, s.b, Sl.a, sorted(k for k in vars(Sl)))
t(lambda:s.a)
s.a=3
t(lambda:s.c)
def sd(): s.c=1
t(sd)
class Sl2(Sl): __slots__=('c','__dict__')
s=Sl2()
s.c=2
s.z=3
s.a=7
print(s.__dict__, s.a, s.b, s.c)
class Sl3(Sl2): pass
s=Sl3()
s.q=1
s.a=2
print(s.__dict__, s.a)
t(lambda: s.__weakref__)
class L(list): __slots__=('x',)
l=L([1])
l.x=3
print(l, l.x)
t(lambda:l.__dict__)
class LL(list): pass
l=LL([1])
l.x=3
print(l,l.__dict__)
class I(int): pass
i=I(5)
i.x=3
print(i+1, i.x, type(i+1), i.__dict__, I(7)==7, hash(I(7)))
class T(tuple):
    def __new__(c,*a): return super().__new__(c,a)
tt=T(1,2)
tt.x=1
print(tt, tt.x)
class St(str):
    def __add__(s,o): return 'added'
print(St('a')+'b', St('ab')[0], type(St('a').upper()))
class Di(dict):
    def __missing__(s,k): return k*2
print(Di()['x'], Di(a=1)['a'])
class Ex(Exception):
    def __init__(s,a,b): super().__init__(a); s.b=b
e=Ex(1,2)
print(repr(e), e.args, e.b, e.__dict__)
# class assign
class X1: 
    def m(s): return 1
class X2:
    def m(s): return 2
x=X1()
x.a=5
x.b=6
x.__class__=X2
print(x.m(), x.a, x.__dict__, type(x))
x.c=7
print(x.__dict__)
class Y1: pass
class Y2: 
    def hi(s): return 'hi'
class Z1(Y1): pass
z=Z1()
Z1.__bases__=(Y2,)
print(z.hi(), Z1.__mro__, Y1.__subclasses__(), Y2.__subclasses__())
# super
class Aa:
    def f(s): return ['Aa']
    @classmethod
    def c(cls): return [cls.__name__]
    x=property(lambda s:'px')
class Bb(Aa):
    def f(s): return ['Bb']+super().f()
    @classmethod
    def c(cls): return ['B']+super().c()
    @property
    def x(s): return 'B'+super().x
class Cc(Aa):
    def f(s): return ['Cc']+super().f()
class Dd(Bb,Cc):
    def f(s): return ['Dd']+super().f()
print(Dd().f(), Dd.c(), Dd().x, super(Bb,Dd()).f(), super(Dd,Dd).c())
t(lambda: type('D',(Aa,Dd),{}))
t(lambda: type('D',(Bb,Cc,Bb),{}))
print([k for k in Dd.__dict__], Dd.__doc__, Dd.__module__, Dd.__qualname__, Dd.__static_attributes__, Dd.__firstlineno__)
# abstract via __abstractmethods__
class Ab: pass
Ab.__abstractmethods__={'f','a'}
t(Ab)
Ab.__abstractmethods__=()
t(lambda:type(Ab()))
# annotations
class An:
    a:int=1
    b:'str'
    c:undefined_name
t(lambda:An.__annotations__)
undefined_name=3
t(lambda:An.__annotations__)
print(An.__annotate__(1))
An.__annotations__={'q':1}
print(An.__annotations__, An.__annotate__)
class An2(An): pass
print(An2.__annotations__, An2.__annotate__)
# generic
# __class_getitem__
class CG:
    def __class_getitem__(c,k): return (c,k)
print(CG[1])
t(lambda: X1[1])
t(lambda: int[3])
# pickling hooks absent; misc
print(type(X1.__dict__), X1.__weakref__, type.__dict__['__dict__'])
t(lambda: object.__new__(X1, 1))
t(lambda: X1.__new__())
t(lambda: X1(1))
t(lambda: X1(a=1))
class W:
    def __new__(c,*a,**k): print('W new',a,k); return super().__new__(c)
    def __init__(s,*a,**k): print('W init',a,k)
W(1,b=2)
class W2:
    def __new__(c,*a): return 5
    def __init__(s): print('never')
print(W2(1))
class Fn:
    f=len
    g=lambda s:1
print(Fn().f('abc'), Fn().g())
t(lambda: Fn.g())
t(lambda: X1.m())
class CM:
    @classmethod
    def a(c,x=1,*,y=2): return (c.__name__,x,y)
    @staticmethod
    def b(*a): return a
    c=classmethod(len)
print(CM.a(), CM().a(3,y=4), CM.b(1), CM().b(2))
t(lambda: CM.c())
t(lambda: CM.a(1,2))
