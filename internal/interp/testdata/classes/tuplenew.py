"""tuple.__new__(cls, (a, b)): with classes of every kind, as named tuples call it."""


import gc


class Plain(tuple):
    __slots__ = ()


class Attrs(tuple):
    pass


class Own(tuple):
    def __new__(cls, a, b):
        return new(cls, (a, b))

    def __iter__(self):
        return iter("own")


class Deleted(tuple):
    def __del__(self):
        gone.append(len(self))


class Deep(Own):
    def __new__(cls, *args):
        return tuple.__new__(cls, (cls.__name__, *args))


def tried(f):
    try:
        r = f()
        return type(r).__name__, tuple.__repr__(r) if isinstance(r, tuple) else r
    except BaseException as e:
        return type(e).__name__, str(e), e.__traceback__.tb_next.tb_lineno


gone = []
new = tuple.__new__
a, b = [1], {}
for i in range(3):
    print([tried(f) for f in (lambda: new(Plain, (a, b)), lambda: new(Attrs, (a, b, i)), lambda: Own(a, i), lambda: Deep(a, i), lambda: new(tuple, (a, b)))])
    print([tried(f) for f in (lambda: new(Deleted, (a, i)), lambda: new(list, (a, b)), lambda: new(i, (a, b)), lambda: new(object, (a, b)), lambda: object.__new__(Own), lambda: object.__new__(M), lambda: new(bool, (a, b)))])
    x = new(Attrs, (a, i))
    x.y = i
    print(x, x.y, x[0] is a, hash(new(Plain, (i, i))) == hash((i, i)), new(Plain, (i, i)) == (i, i), new(Plain, (a, b)) is new(Plain, (a, b)))
    for f in (list.__new__, object.__new__, int.__new__, tuple.__class_getitem__, "".join):
        print(tried(lambda: len(str(f(Plain, (a, b)))) > 0)[:2] if f is not tuple.__class_getitem__ else tried(lambda: f((a, i)))[0])
gc.collect()
print(len(gone))


class M(dict):
    def __new__(cls):
        pass


print(tried(lambda: object.__new__(M)), tried(lambda: list.__new__(M)))


class Meta(type):
    def __call__(cls, *args):
        return "meta", args


class M(tuple, metaclass=Meta):
    pass


print(tried(lambda: new(M, (a, b))), M(1))
M.__new__ = staticmethod(lambda cls, *args: (cls.__name__, args))
print(tried(lambda: new(M, (a, b))))
