# python >= 3.6
import typing


def f(a: int, b: "str" = "x", *args: float, c: typing.List[int] = None, **kw: dict) -> bool:
    return True


def g() -> None: ...


class C:
    def method(self: "C", x: list) -> typing.Optional[int]:
        y: int = 1
        z: str
        (w): int = 2
        self.attr: float = 1.0
        self.items[0]: int
        return y
