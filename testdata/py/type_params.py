# python >= 3.12
def f[T](x: T) -> T: return x
def bound[T: int, U: (str, bytes), *Ts, **P](x: T, *args: *Ts, k: U = 1) -> P: return x
class C[T]: x: T
class D[T: "C", *Ts](C[T], metaclass=type):
    def method[U](self, u: U) -> T: return __class__
    type Inner = T
type A = int
type B[T] = list[T] | B[T]
type L[**P] = Callable[P, A]


@f
def deco[T](x=lambda: T): return lambda: T


def outer[T]():
    def inner[U](): return T, U
    type Local[V] = (T, V)
    class K[W](inner[T]): y = T, W
    return Local
