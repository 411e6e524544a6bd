# Modules, namespaces, mapping proxies and super.
class types:
    FunctionType=type(lambda:0); CellType=type((lambda x:(lambda:x))(1).__closure__[0]); ModuleType=type(__builtins__); MappingProxyType=type(object.__dict__); GenericAlias=type(list[int]); UnionType=type(int|str)
    class _c:
        def m(self): pass
    MethodType=type(_c().m)
    SimpleNamespace=type(__import__("sys").implementation)
def t(f,*a,**k):
    try: r=f(*a,**k)
    except BaseException as e: print(type(e).__name__, '|', e)
    else: print('OK',repr(r))
def s(o,n,v): setattr(o,n,v); return getattr(o,n)
d=delattr
g=getattr
M=types.ModuleType
print('# module')
t(M)
t(M,1)
t(M,'a',2)
t(M,'a',x=1)
t(M,name='a',doc='b')
m=M('a')
print(m.__dict__)
t(g,m,'q')
t(s,m,'__dict__',{})
t(d,m,'__dict__')
t(g,m,'__annotations__')
print(m.__dict__.keys())
t(d,m,'__annotations__')
t(d,m,'__annotations__')
t(s,m,'__annotations__',1)
t(s,m,'__annotate__',1)
t(d,m,'__annotate__')
t(s,m,'__annotate__',lambda f:{'x':f})
t(g,m,'__annotations__')
print(m.__dict__.keys())
m.__dict__.clear()
t(g,m,'zz')
t(repr,m)
t(g,m,'__annotate__')
t(dir,m)
m=M('b')
m.__dict__['__getattr__']=lambda n:n*2
t(g,m,'zz')
m.__dict__['__dir__']=lambda:['q']
t(dir,m)
t(M.__dir__,m)
m.__dict__['__dict__']=3
t(M.__dir__,m)
m=M.__new__(M)
t(g,m,'x')
print(m.__dict__)
t(repr,m)
m=M('b')
m.__file__='x.py'
t(repr,m)
m.__loader__=3
t(repr,m)
del m.__file__
t(repr,m)
m.__spec__=types.SimpleNamespace(name='nn',origin=None,loader=None,has_location=False)
t(repr,m)
m.__spec__.loader=4
t(repr,m)
m.__spec__.origin='here'
t(repr,m)
m.__spec__.has_location=True
t(repr,m)
m.__spec__._initializing=True
t(g,m,'x')
m.__spec__.origin=None
t(g,m,'x')
m.__spec__._initializing=False
m.__spec__._uninitialized_submodules=['x']
t(g,m,'x')
m.__name__=3
t(g,m,'y')
print('# ns')
N=types.SimpleNamespace
t(N,1)
t(N,1,2)
t(N,[('a',1)],b=2)
t(N,{'a':1},a=3)
t(N,[(1,2)])
t(N,{1:2})
n=N(a=1,b='x')
t(repr,n)
print(n==N(a=1,b='x'), n!=N(), n==1)
t(lambda:n<n)
t(n.__replace__,a=3)
t(n.__replace__,1)
n.me=n
t(repr,n)
t(hash,n)
t(g,n,'zz')
t(d,n,'zz')
class Q(N): pass
t(repr,Q(a=1))
t(Q(a=1).__replace__,b=2)
n=N()
n.__dict__['a b']=3
n.__dict__[4]=4
t(repr,n)
print('# mappingproxy')
P=types.MappingProxyType
t(P)
t(P,1)
t(P,[])
t(P,'a')
t(P,mapping={})
t(P,{},1)
p=P({'a':1})
t(repr,p)
t(str,p)
print(p=={'a':1}, p==p, p!=p)
t(lambda:p|{'b':1})
t(lambda:{'b':1}|p)
t(lambda:p|p)
t(lambda:p|3)
def f():
    q=p; q|={}
t(f)
t(p.get)
t(p.get,'a')
t(p.get,'b',3)
t(p.keys)
t(p.copy)
t(lambda:p['x'])
t(s,p,'x',1)
t(lambda:p.__setitem__)
t(len,p)
t(list,reversed(p))
t(hash,p)
t(P.__class_getitem__,(int,str))
t(iter,p)
print('a' in p)
print('# misc')
t(super)
t(super,1)
t(super,int,'a')
t(super,int,str)
t(super,int,1,2)
t(super,x=1)
t(super,int)
t(super,int,1)
t(super,int,bool)
t(super,int,None)
print(super(int).__self__,super(int).__self_class__, super(bool,True).__self_class__, super(bool,True).__thisclass__)
class A:
    def f(): return super()
    def g(self): 
        del self; return super()
    def h(self): return super().zzz
    @staticmethod
    def i(a): return super()
    def j(*a): return super()
t(A.f)
t(A().g)
t(A().h)
t(A.i,3)
t(A().j)
t(lambda x: super(),1)
t(super(A,A()).__init__,1)
t(super(A).__get__,A())
t(super(A,A()).__get__,3)
t(g,super(A),'f')
t(s,super(A),'f',1)
t(g,super(A,A()),'__class__')
