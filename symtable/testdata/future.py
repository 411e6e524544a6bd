"""Annotations as strings have no scopes."""
from __future__ import annotations, generator_stop

x: int
y: (lambda: undefined) = 1


class A:
    field: B
    if x:
        other: [z for z in B]

    def method(self, a: B = x) -> C:
        local: D = a
        return local

    def generic[T: B](self, a: T) -> C: ...
