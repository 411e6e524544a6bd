# Sets of constants become frozensets behind "in"; the rest stays code.
def f(x):
    if x in {1, 2, 3}:
        return {1, 2, 3}
    if x not in {"a", "b", "c", None, 1.5, (1, 2)}:
        return {x}
    if x in [1, 2]:
        return []
    if x in {10}:
        return {1, 2, 3, 4, 5, 6, 7}
    for y in {"one", "two"}:
        print(y)
    return x in {b"bytes", "text", -1, 2 ** 70, 1j, (), ((), (1,))}
