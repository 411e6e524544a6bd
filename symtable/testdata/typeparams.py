"""Type parameters and aliases."""
T = 1
type Alias = list[Alias]
type Generic[T, *Ts, **P] = (T, Ts, P, Generic)
type Bounded[T: int, U: (str, T) = T, *V = (T,), **W = [T]] = [T for T in U]


def identity[T](x: T, y: T = T) -> T:
    z: T = x
    return z, T


def defaults[T: (lambda: T) = T](x=T, *, y=T) -> T:
    def inner[U: T](a: U):
        return T, U
    return inner


async def asynchronous[*Ts](*args: *Ts):
    await args


class Box[T, __Private](list[T], metaclass=T, __keyword=__Private):
    content: T
    private: __Private
    __other: __Private
    type Inner = T
    type InnerGeneric[U: T] = (T, U, content, __Private)

    def get(self) -> T:
        return __class__, T, __Private

    def convert[U: T = content](self, x: U, y: content) -> U:
        return T, U, content

    class Deeper[V: T](list[V]):
        T = T

        def method[W](self: V, other: T): return V, W, T


def local(value):
    type Inside[A: value] = (A, value)

    class Here[B: value]:
        value = value
        type There[C: value] = (B, C, value)

        def method[D: value](self, x: value = value): return value
    return Inside, Here


class Outer:
    cls = 1
    type A = [cls for _ in cls]
    type B[T: cls] = (lambda: (cls, T))
    type C[T = (cls for cls in cls)] = {cls: [T for T in cls] for x in cls}
