# Calls of tuple and of classes derived from it.
class T(tuple):
    def __new__(c,*a): return tuple.__new__(c,a)
class U(tuple):
    def __init__(s,x): s.x=x
print(tuple(), tuple([1]), tuple((1,2)), tuple('ab'), tuple({1:2}), tuple(range(3)), T(1,2), U([3]).x, tuple(x for x in 'ab'), list(map(tuple,['ab',[1],(2,)])))
t=(1,2); print(tuple(t) is t, type(tuple(T(1,2))), tuple(*[[1]]))
def g():
    try: yield 1; yield 2
    finally: print('end')
print(tuple(g()))
def bad(): yield 1; raise KeyError(3)
for f in (lambda: tuple(1), lambda: tuple(1,2), lambda: tuple(x=1), lambda: tuple([1],x=1), lambda: tuple(bad()), lambda: tuple.__new__(int), lambda: tuple.__new__(tuple,[1]), lambda: tuple.__call__([1])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class M(type):
    def __call__(c,*a): return ('m',a)
class V(tuple,metaclass=M): pass
print(V([1]))
