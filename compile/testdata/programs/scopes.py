"""Names: local, global, free, in cells, in classes, mangled."""
g = h = 1


def outer(a, /, b, *args, c=1, d, **kwargs):
    e = a
    def inner(f=b):
        nonlocal e
        global g
        e = g = f + a
        def innermost(): return e, a, args, kwargs, h
        return innermost
    class Class(a, metaclass=b):
        a = a
        e = e
        nonlocal d
        d = 1
        def method(self): return __class__, d, a
        x = [a for _ in e if d]
        y = lambda: e
    del e
    return inner, Class, [lambda: i for i in a], {i: c for i in a for j in i if j}


class Private:
    __name = 1
    def __method(self, __arg, *, __key=2):
        self.__attr = __arg.__attr__ = __name
        from a import __b as __c
        import __d.e
        return lambda __x: (__x, __key, self.__method)
    class __Inner:
        __slots__ = "__a",
    @__name
    def get(self): return super().get, super


class Annotated:
    a: int = 1
    b: "text"
    (c): 2
    d.e: f
    if a:
        g: h
    def f(self, x: a, *y: b, z: c = 1, **w: d) -> e:
        v: unseen = 1
        return v


a: int
b: list[a] = []
if a:
    c: b
for a in b:
    d: c = a

comprehensions = [x for x in a], {x for x in a}, {x: y for x, y in a}, (x for x in a)
nested = [[y for y in x if (z := y)] for x in a if x for w in x]
shadow = [a for a in a], [lambda a=a: a for a in a], [[a for a in a] for a in a]


def comprehensive(a):
    x = [y for y in a]
    y = [lambda: (x, y) for x in a]
    return [z := w for w in a], [locals() for _ in a], z


def generic[T: int, *U, **P](x: T, *a: *U, **k: P.kwargs) -> T:
    class Inner[V: T](list[V]):
        y: V
        def f[W](self, w: W = T) -> V: return T, V, W
    type Alias[Q = T] = tuple[Q, T]
    return Inner, Alias


type Recursive[T] = list[Recursive[T]] | T


class Cell:
    __class__ = 1
    def f(self): return __class__


exec("x")
def deleted():
    del x
    x = 1
    def f(): return x
    del x
    return f
