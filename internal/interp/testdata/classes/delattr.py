"""Attributes that are deleted, from instances with few and many, with slots and with builtin bases."""
class A:
    cls = "class"
    def __init__(self, n):
        for i in range(n):
            setattr(self, f"a{i}", i)
class S(A):
    __slots__ = ("s", "t")
class E(Exception): pass
class L(list): pass
def show(o): print(type(o).__name__, list(o.__dict__.items()), list(vars(o)))
for n in 1, 3, 9, 20:
    for cls in A, S:
        o = cls(n)
        if cls is S: o.s = 1
        del o.a0
        print(hasattr(o, "a0"), [getattr(o, f"a{i}", None) for i in range(n)])
        o.a0 = "new"
        o2 = cls(n); del o2.a0; o2.b = 1
        if n > 3:
            del o2.a3, o2.a5
            print(o2.a4, o2.a6, hasattr(o2, "a3"), getattr(o2, "s", "no s"))
        o2.cls = 5; print(o2.cls); del o2.cls; print(o2.cls)
        try: del o2.a0
        except AttributeError as e: print(e)
        try: del o2.cls
        except AttributeError as e: print(e)
        show(o); show(o2)
        for k in list(vars(o2)): delattr(o2, k)
        show(o2)
        o2.z = 1; show(o2)
for cls in E, L:
    o = cls(); o.x = 1; o.y = 2; o.z = 3
    del o.y
    print(o.x, o.z, hasattr(o, "y")); o.y = 5; show(o)
def loop(objs):
    r = []
    for o in objs:
        o.a = 1; o.b = 2; o.c = 3
        r.append((o.a, o.b, o.c))
        del o.a
        r.append((o.b, o.c))
        o.c = 4
        o.a = 9
        r.append((o.a, o.b, o.c, sorted(o.__dict__)))
    return r
print(loop([A(0) for _ in range(5)] + [A(12) for _ in range(3)]))
def loop2(objs):
    r = 0
    for o in objs:
        o.a = 1; o.b = 2; o.c = 3
        del o.b
        r += o.a + o.c
        o.b = 7
        r += o.b
    return r
print(loop2([A(0) for _ in range(50)] + [A(12) for _ in range(30)]+[E(), L()]))
