# python >= 3.6
x: int
y: int = 1
z: "forward"
(w): int = 2
a.b: int
a[0]: str = "x"


class C:
    field: int
    default: str = "d"
    __private: float = 0.5

    def f(self):
        local: int = 1
        undefined: UndefinedName
        return local


if x:
    conditional: bool = True
for i in range(3):
    looped: int = i
