# Iterators of generator expressions, lists that become tuples and sums are used again; what a program has got hold of is not.
import sys

kept = []


def numbers(n):
    return list(range(n))


def spy(x):
    kept.append(sys._getframe(1).f_locals[".0"])
    return x


def own():
    f = sys._getframe(1)
    kept.append(f.f_locals[".0"])
    return True


# Who looks at .0 may use it later.
print(any(locals()[".0"] is None for x in numbers(2)), sum(kept.append(locals()[".0"]) or x for x in numbers(3)))
print([type(i).__name__ for i in kept], list(kept[0]), next(kept[-1], "end"))
kept.clear()
print(any(x == 1 and (kept.append(locals()[".0"]) or True) for x in numbers(5)), sum(x for x in numbers(4)), list(kept[0]))
kept.clear()
print(all(spy(x) < 2 for x in numbers(5)), sum(x for x in numbers(4)), [list(i) for i in kept])
kept.clear()
print(any(own() for x in range(3, 9)), sum(x for x in range(4)), kept[0].__reduce__()[1], list(kept[0]))
kept.clear()
print(any(eval("kept.append(locals()['.0']) or True") for x in range(2, 6)), sum(x for x in range(4)), list(kept[0]))


# Loops inside each other, left early and not, over lists that change.
def loops(n):
    l = numbers(n)
    yield tuple(tuple(x * y for y in range(x)) for x in range(n))
    yield any(any(x + y == n for y in range(n)) for x in range(n)), all(any(x == y for y in l) for x in l)
    yield sum(sum(x * y for y in l if y) for x in l), max(max(x - y for y in l) for x in range(n))
    yield tuple(x for x in l if not (x < 3 and l.append(x + 10))), len(l)
    yield sum(1 for x in l if l and l.pop()), l
    yield [min(x * y for y in range(5, -n, -2)) for x in (i for i in range(n))], sum(x for x in range(10, 2, -3))
    yield tuple(x for x in range(0)), tuple(x for x in []), sum(x for x in range(3, 1)), tuple(x for x in range(10 ** 30, 10 ** 30 + 2))
    yield sum(x for x in range(2 ** 61, 2 ** 61 + 2)), tuple(x for x in range(-2 ** 63, -2 ** 63 + 2)), list(i for i in range(True))


for _ in range(2):
    for n in 2, 5:
        print(*loops(n))


def wrong(use, *args):
    try:
        print(use(*args))
    except Exception as e:
        print(type(e).__name__, e)


for _ in range(2):
    wrong(lambda: tuple(1 // x for x in [2, 1, 0]))
    wrong(lambda: tuple(x for x in 5))
    wrong(lambda: tuple(x for x in range("a")))
    wrong(lambda: tuple(x for x in range(1, 2, 0)))
    wrong(lambda: sum(x for x in ["a"]))
    wrong(lambda: max((x for x in [1, "a"]), key=lambda v: v))
    wrong(lambda: max(x for x in []))
    wrong(lambda: max((x for x in []), default=sum((x for x in [[1], [2]]), [])))
    wrong(lambda: (tuple(x for x in [1, 2]), tuple(x for x in [3]), (*[4], *(x for x in [5]))))

# Sums inside sums, of a generator that asks for others.
def deep(n):
    return sum(deep(n - 1) + max((deep(i) for i in range(n)), default=1) for _ in range(2)) if n else 1.5


print(deep(4), tuple(deep(i) for i in range(4)))

# Tuples that are kept are not the next one's.
made = [tuple(x + y for x in range(y)) for y in range(6)]
gens = [(x * y for x in numbers(3)) for y in range(3)]
print(made, [next(g) for g in gens], [tuple(g) for g in gens])


def tuples(n):
    for i in range(n):
        yield tuple(x for x in range(i))


print(list(tuples(4)), (lambda it: tuple(x for x in it))(iter([1, 2])))
shared = iter([1, 2, 3, 4])
print(any(x == 2 for x in shared), tuple(x for x in shared))
