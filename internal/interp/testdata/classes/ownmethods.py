"""What an object itself has is called without it, what its class has is called with it; methods of builtin types on instances of subclasses."""
class A:
    def __init__(s): s.f = s.g; s.n=0
    def g(s, a, b=2, *c): return (s.n, a, b, c)
a=A()
def call(x): return x.f(1)
for i in range(5): a.n=i; print(call(a))
a.f = lambda x: ('lambda', x)
print(call(a))
b=A(); del b.f
try: call(b)
except AttributeError as e: print(e)
A.f = lambda s, x: ('class', x)
print(call(b), call(a))
class D:
    def __get__(s,o,c): return lambda x: ('descr', x)
    def __set__(s,o,v): pass
A.f = D()
print(call(a), call(b))
class Far: pass
o=Far()
for i in range(30): setattr(o, 'a%d'%i, i)
o.f=print
def callo(): o.f('far')
callo(); callo()
o.f=lambda x: print('now',x)
callo()
o.__dict__['f']=lambda x: print('dict',x)
callo(); callo()
class L(list):
    def append(self, x): super().append(x*2)
class M(dict): pass
l=L(); l.append(3); l.extend([4]); print(l, l.pop(), L.pop(l))
m=M(a=1); print(m.get('a'), m.get('b', 5), M.get(m,'a'), dict.get(m,'a'))
try: list.append((), 1)
except TypeError as e: print(e)
try: L.pop({})
except TypeError as e: print(e)
def rec(f, n):
    return f.h(n) 
class R:
    def __init__(s): s.h=s.down
    def down(s, n, d=0): return rec(s, n-1) if n else d
print(rec(R(), 300))
try: rec(R(), 10**6)
except RecursionError: print('rec')
class Mixed:
    def meth(s,x): return ('m',x)
x1=Mixed(); x2=Mixed(); x2.meth=lambda x:('own',x)
for o2 in (x1,x2,x1,x2,x2,x1): print(o2.meth(1), end=' ')
print()
