"""Annotations that are kept as strings."""
from __future__ import annotations
x: int
y: "text" = 1 + 2
(z): int = 2
x.y: typing.Any
x[0]: typing.Any = 1
x[1:2]: f"{x!r:>{y}}"
if x:
    conditional: a if b else lambda *c, d=1, **e: (yield)


def f(a: int, b: a = 1, /, c: "c" = 2, *args: *tuple[int], d: x[1, 2:3, ...], **kw: not -1) -> list[int]:
    local: a.b = 4
    return local


class C:
    x: int
    y: x = 1
    __private: __other = 2

    def method(self, __a: __x) -> C: ...


class E:
    def only(self, x): ...


def generic[T: int](x: T) -> T: ...
