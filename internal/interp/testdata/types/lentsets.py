# Sets that set() or an operator makes for one builtin that forgets them, and other callees that do not.
import sys

kept = []


def keep(x):
    kept.append(x)
    return x


def counts(a, b, n):
    return (len(set(a)), len(set(b) & {n}), sorted(set(b)), sum(set(b) | {n}), len(a & {n, 1}), len(a | set(b)), max(a - {n}, default=0), sorted(a ^ {n, 2}),
            len(set(x % 3 for x in b)), list(set(b)), len(set(b[1:])), sum(b + [n]), len(b[:n] + [n]), tuple(b[n:]), len(set(set(b))), frozenset(set(b)), len(set()))


for n in range(5):
    print(counts({1, 2, 3}, [n, 2, 3, n], n), counts(set(range(30)), list(range(n * 9)), n)[:7])
for n in range(4):
    keep(set([n])), keep({1, 2} & {n}), keep({1, 2} - {n}), keep([1] + [n]), keep(set(x for x in range(n)))
    len(set([n, 7])), len({1, 2} & {n, 2}), len(kept[0]), sorted(kept[-1])
print(kept)
kept.clear()


print([(len(2 * [n, n]), sum(3 * [n]), max(2 * (n, 1)), sorted(2 * [n] + [1])) for n in range(3)])


class Odd:
    """Sets made while a set is made; results that are no new ones."""

    known = {1, 2, 3}

    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return len(set([self.n, 1])) + len({1, 2} & {self.n}) + len(keep(set([self.n])))

    def __eq__(self, other):
        return len({self.n, 1, 2} - {other.n}) == 2 and len(set([self.n, other.n])) == 1

    def __and__(self, other):
        keep(set([self.n]) | other)
        len(kept[-1])
        return Odd.known

    __rand__ = __sub__ = __add__ = __and__

    def __iter__(self):
        return iter([len(set([1, self.n])), len({self.n} | {2})])


o = Odd(2)
for n in range(4):
    print(len(o & {n}), len({n} & o), sorted(o - {n}), sum(o + {n}), len(set(o)), len(set([Odd(n), Odd(1), Odd(n)])), len({Odd(n), o} & {Odd(2)}), len({Odd(1)} - {o, Odd(n)}))
print(Odd.known, sorted(map(sorted, kept)))
kept.clear()


class Own(set):
    def __and__(self, other):
        return Odd.known

    __or__ = __rand__ = __and__


own = Own([1, 5])
print(len(own & {1}), len({1} & own), len(own | {7}), len(own - {1}), len(own ^ {1}), Odd.known, own, type(own - {1}))


def refused():
    for what in (
        lambda: set(1), lambda: set(1, 2), lambda: set(x=1), lambda: set([[]]), lambda: len(set([[]])), lambda: len(set(1 // x for x in (1, 0))), lambda: len({1} & [1]),
        lambda: len(set([1]), 2), lambda: len(set([1]) + {1}), lambda: frozenset(1, 2), lambda: set(*[1, 2]),
    ):
        try:
            yield what()
        except Exception as e:
            yield f"{type(e).__name__}: {e}"


print(list(refused()), len(set([1, 2])), len({1, 2} & {2}))

s = t = {1, 2}
s &= {n for n in (2, 3)}
s |= {4}
s -= {2} | {5}
print(s, t is s, len(s & s), len(s | s), sorted(s - s), len(set(s)), s)
len = keep
print(len(set([1, 2])), len({1, 2} & {2}), len(kept[0]), len([1, 2][:]))
del len
print(kept, len(set([5])), len({5, 6} - {5}), kept)


def traced(n):
    def switch(x):
        if x == 1:
            sys.settrace(lambda *a: None)
        elif x == 3:
            sys.settrace(None)
        return x
    r = [(len(set(switch(y) for y in range(x, x + 2))), len({1, 2} & {switch(x)}), keep(set([switch(x)]))) for x in range(n)]
    sys.settrace(None)
    return r


print([traced(n) for n in range(6)], kept)
