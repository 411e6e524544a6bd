# The arguments of exceptions: who has got hold of them keeps them, whatever __init__ is called again.
class A(Exception):
    def __init__(self, code, msg):
        super().__init__(msg)
        self.code = code
e = A(1, 'm'); print(e.args, repr(e), str(e), e.code)
class B(Exception):
    def __init__(self, a, b):
        self.before = self.args
        super().__init__(b)
e = B(1, 2); print(e.before, e.args, e.before is e.args)
e.__init__(3, 4); print(e.before, e.args)
k = e.args; e.__init__(5, 6); print(k, e.args, e.before)
class C(Exception):
    def __init__(self, *a):
        Exception.__init__(self, *a[1:])
for a in [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)]:
    e = C(*a); k = e.args; Exception.__init__(e, 'x'); print(k, e.args, hash(k) == hash(tuple(k)), len(k))
class D(A):
    def __init__(self): super().__init__(7, self)
e = D(); print(e.args[0] is e, e.code)
class R:
    def __init__(self, e): self.e = e
    def __repr__(self):
        Exception.__init__(self.e, 'changed'); return 'R'
    __str__ = __repr__
e = Exception(1, 2); Exception.__init__(e, R(e), R(e)); print(repr(e), e.args)
e = Exception(1, 2); Exception.__init__(e, R(e), R(e)); print(str(e), e.args)
e = A(1, 'm'); r = e.__reduce__(); Exception.__init__(e, 'n'); print(r[1], e.args)
e = Exception(1, 2); t = (8, 9); e.args = t; Exception.__init__(e, 5); print(t, e.args)
e = Exception(1, 2); e.args = [3]; Exception.__init__(e, 5); print(e.args)
class O(OSError):
    def __init__(self, a, b, c): super().__init__(a, b)
e = O(2, 'x', 'y'); print(e.args, e.errno, e.strerror)
class S(StopIteration):
    def __init__(self, a, b): super().__init__(b)
e = S(1, 2); print(e.args, e.value)
class X(SystemExit):
    def __init__(self, a, b): super().__init__(a, b)
e = X(1, 2); c = e.code; Exception.__init__ if 0 else BaseException.__init__(e, 3); print(c, e.args, e.code)
class M(Exception):
    def __init__(self, a, b):
        super().__init__(a)
        super().__init__(b)
        super().__init__()
        super().__init__(a, b)
e = M(1, 2); print(e.args)
class V(KeyError, A): pass
e = V(1, 'q'); print(e.args, str(e))
out = []
for i in range(2000):
    try: raise A(i, str(i))
    except A as e: out.append(e)
print(all(x.args == (str(i),) and x.code == i for i, x in enumerate(out)))
import sys
class T(Exception):
    def __new__(cls, *a):
        self = super().__new__(cls, *a); self.k = self.args; return self
    def __init__(self, *a): super().__init__('only')
e = T(1, 2); print(e.k, e.args)
g = ExceptionGroup('g', [A(1, 'a'), ValueError(2)]); print(g.args, g.split(A)[0].exceptions[0].args)
