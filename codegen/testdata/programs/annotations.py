"""Annotations that are evaluated when they are asked for."""
import typing
x: int
y: "text" = 1
(z): int = 2
x.y: typing.Any
x[0]: typing.Any = 1
x[x:y, ::2]: typing.Any
if x:
    conditional: int = 3
while y:
    looped: [i for i in x]
    break


def f(a: int, b: a = 1, /, c: "c" = 2, *args: *tuple[int], d: int, e: (lambda: 1) = 3, **kw: dict) -> list[int]:
    local: a.b = 4
    undefined: c
    (paren): int = 5
    a.b: nothing
    return local


def only_returns() -> None:
    pass


async def asynchronous(x: int) -> int: ...


class C:
    x: int
    y: x = 1
    __private: __other = 2
    a.b: int

    def method(self, __a: __x) -> "C": ...

    if x:
        conditional: int
    try:
        tried: int = 1
    except E:
        pass
    nested: [i for i in x if y]
    gen: list(i + x for i in y)
    lam: (lambda: (x, y))
    inner: C


class D:
    """Documented."""
    only: int


def function(T):
    class Local:
        a: T
        T: T
        if T:
            b: T

        def m(self: T) -> Local: ...
    return Local


lam = lambda a: a


def defaults(a: int = (lambda: 1), *, b: str = [i for i in x]): ...
