# What special methods may return.
def t(f,*a,**k):
    try: r=f(*a,**k)
    except BaseException as e: print(type(e).__name__, '|', e)
    else: print('OK',repr(r))
class I(int): pass
class F(float): pass
class C: pass
def mk(**k): return type('C',(),k)()
for n,f in (('__index__',lambda x:[1,2,3,4][x]),('__int__',int),('__float__',float),('__complex__',complex),('__len__',len),('__hash__',hash),('__bool__',bool),('__str__',str),('__repr__',repr),('__bytes__',bytes),('__format__',lambda x:format(x,'')),('__iter__',iter),('__next__',next),('__trunc__',int),('__round__',round),('__reversed__',reversed),('__contains__',lambda x:1 in x),('__getitem__',lambda x:x[1]),('__enter__',lambda x:x.__enter__()),('__dir__',dir),('__index__',lambda x:range(x)),('__index__',lambda x:hex(x)),('__abs__',abs),('__neg__',lambda x:-x),('__call__',lambda x:x()),('__eq__',lambda x:x==1),('__lt__',lambda x:x<1),('__add__',lambda x:x+1),('__radd__',lambda x:1+x),('__iadd__',lambda x:exec('x+=1',{'x':x})),('__getattr__',lambda x:x.foo),('__get__',lambda x:type('Q',(),{'a':x})().a),('__set_name__',lambda x:type('Q',(),{'a':x})),('__instancecheck__',lambda x:isinstance(1,x)),('__class_getitem__',lambda x:type(x)[1]),('__sizeof__',lambda x:x.__sizeof__()),('__pow__',lambda x:x**2),('__divmod__',lambda x:divmod(x,1)),('__await__',lambda x:x.__await__()),('__missing__',lambda x:x)):
    for v in (None, 'x', 3, NotImplemented, lambda *a:1/0):
        for how in ('ret','attr'):
            if how=='attr' and v not in (None,3): continue
            o=mk(**{n:(lambda *a,v=v:v) if how=='ret' else v})
            print(n,how,repr(v)[:9],end=' '); t(f,o)
