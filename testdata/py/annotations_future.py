# python >= 3.7
from __future__ import annotations


def f(a: Undefined, b: list[int] = [], *args: "str", **kw: a | b) -> lambda: 1:
    x: Never = 1
    return x


class C:
    attr: D[E, F:G, ...] = None
    other: -1 + 2 * (3, )[0] if x else {**y}
