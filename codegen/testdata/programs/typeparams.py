"""Type parameters and aliases."""
type Simple = int
type Generic[T, *Ts, **P] = dict[T, tuple[*Ts], P]
type Bounded[T: int, U: (int, str) = int, *Ts = *tuple[int], **P = [int]] = T


def function[T](x: T, y=1, *, z: T = 2) -> T:
    return x


def bounded[T: (lambda: T), U: [i for i in T] = int](x: T = 1) -> U: ...


def keyword[T](*, z=2): return T


def nothing[T](): ...


async def asynchronous[T](x: T): await x


@decorator
def decorated[T](x):
    class Inner[U](T):
        def method[V](self, x: U) -> tuple[T, V]:
            return T, U, V
    return Inner


@decorator
class Class[T: int, *Ts, **P](Base[T], *bases, metaclass=Meta):
    """Documented."""
    x: T
    type Alias = T
    type Other[V] = dict[V, Ts]
    y = [T for _ in P]

    def __method[__V: T](self: __V) -> __V:
        return __V, self.__x

    def __init__(self):
        self.a = T
        super().__init__()


class Private[__T](__T.__x, (lambda: __T.__y)()):
    __x = __T


class Outer:
    a = 1
    type Alias = a
    type Generic[T: a = a] = [i for i in a]

    def method[T: a](self, x: a) -> a: ...

    class Inner[T: a]:
        b: a
        type Deep = (a, b)


def local(p):
    type Alias = p
    type Generic[T: p] = (T, p)

    class C[T](p):
        q: p
    return Alias
