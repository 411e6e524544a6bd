"""Annotations have scopes of their own."""
from typing import Any

name: int
number: int = 1
(bracketed): int = 2
number.attribute: list[undefined] = 3

if name:
    conditional: str


def plain():
    local: Any = 1
    unset: undefined
    (local): lambda: undefined
    local.attribute: undefined.other
    return local


def annotated(a: int, b: "str" = number, *args: a, c: b = number, **kwargs: Any) -> name:
    def inside(x: a) -> c:
        y: b
        return x
    return inside


class Plain:
    field: int
    other: field = 1
    __private: __private

    def method(self, x: field) -> Plain:
        return x

    def generic[T](self, x: T, y: field) -> [z for z in field]:
        return x


class Conditional:
    if name:
        field: int
    else:
        field: str
    try:
        other: Any
    finally:
        pass
    for i in ():
        while i:
            with i:
                deep: [(lambda: i) for _ in deep]

    class Inner:
        inner: field


def enclosing(field):
    class Local:
        field: field
        x: (lambda: field)
        y: [field for field in field]

        def method(self, a: field, b: (lambda: (field, x))): ...
    return Local
