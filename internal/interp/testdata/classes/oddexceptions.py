# Classes of exceptions that make something else, whose metaclasses have a __repr__ that raises.


class Meta(type):
    def __repr__(cls): raise KeyError("repr")


class X(Exception, metaclass=Meta):
    def __new__(cls): return 5


class Y(Exception, metaclass=Meta): pass


class Z(Exception):
    def __new__(cls): return Q()


class M2(type):
    def __repr__(cls): raise KeyError("repr2")


class Q(metaclass=M2): pass


def t(f):
    try: f()
    except BaseException as e: print(type(e).__mro__[:1] if type(type(e)) is type else "odd", e, type(e.__context__), type(e.__cause__))


def a(): raise X


def b(): raise Z


def c(): raise ValueError from X


def d(): raise ValueError from Z


def e():
    def g(): yield
    g().throw(X)


def f():
    def g(): yield
    x = g(); next(x); x.throw(Z)


def g():
    async def g(): pass
    x = g()
    x.throw(X)


def h():
    async def g(): yield 1
    x = g().athrow(X)
    x.send(None)


class L:
    def __repr__(self): raise KeyError("L")


def l():
    raise Y(L())
for fn in (a, b, c, d, e, f, g, h):
    print(fn.__name__)
    t(fn)
try:
    l()
except Y as y:
    print(y.args[0].__class__)
