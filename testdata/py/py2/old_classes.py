class A: pass
class B(): "doc"
class C(A, B):
    __metaclass__ = type
    def f(self, x=lambda: 1): return `self`
class D(C):
    x = 1; y = x
    def __init__(self, *a, **k): C.__init__(self, *a, **k)
