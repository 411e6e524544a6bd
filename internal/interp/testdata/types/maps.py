"""map() of builtin functions, which keeps room for their arguments: see object/itermap.go."""


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class Text(str):
    pass


class Mapped(map):
    pass


def count(n):
    for i in range(n):
        yield i


show(lambda: list(map("abcab".count, "abc")))
show(lambda: list(map(str.upper, ["a", Text("b")])))
show(lambda: list(map(str.upper, ["a", 3])))
show(lambda: list(map(round, [1.5, 2.567])))
show(lambda: list(map("{}-{}".format, [1])))
show(lambda: list(map("a,b".split, [",", None])))
show(lambda: list(map(int, ["1", "2", "x"])))
show(lambda: list(map(list, [count(2), count(3)])))
show(lambda: list(map(dict, [[(1, 2)]])) + list(map(type, [1])) + list(map(bool, [0, 1])))
show(lambda: list(map(sum, [[1], [2, 3]], strict=True)))
show(lambda: list(map(None, [1])))
show(lambda: list(map(len, 3)))
show(lambda: map(len))
show(lambda: list(map(lambda x: x + 1, [1, 2])))

same = iter("abc")
show(lambda: list(map(next, [same, same, same, same])))

# A map that is stepped by the function that it calls.
outer = []
inner = map(str, "xyz")
outer.extend([inner, inner])
both = map(list, outer)
outer.append(both)
show(lambda: next(both))
show(lambda: list(both))

m = Mapped(str, [1, 2])
m.name = "mapped"
show(lambda: (m.name, next(m), m.__reduce__()[0].__name__, list(m)))
