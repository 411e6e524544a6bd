# Builtins that use up a generator let it run on between the items, unless something could see that.
import sys
from _collections import _count_elements, deque

log = []


def count(items):
    d = {}
    _count_elements(d, items)
    return d


def noted(items):
    for x in items:
        yield x
    log.append("end")
    return "ignored"


class Key:
    "Equal to what has its name, and says who is asking."

    def __init__(self, name, fails=False):
        self.name, self.fails = name, fails

    def __hash__(self):
        return hash(self.name)

    def __eq__(self, other):
        f = sys._getframe(1)
        log.append((self.name, f.f_code.co_name, g.gi_running))
        if self.fails:
            raise ValueError(self.name)
        return other == self.name

    def __bool__(self):
        log.append(("bool", sys._getframe(1).f_code.co_name, g.gi_running))
        return not self.fails

    def __lt__(self, other):
        log.append(("lt", sys._getframe(1).f_code.co_name, g.gi_running))
        return True

    __gt__ = __lt__

    def __radd__(self, other):
        log.append(("radd", sys._getframe(1).f_code.co_name, g.gi_running))
        return other + 1

    def __repr__(self):
        return "Key(%r)" % self.name


def use(what, items):
    global g
    log.clear()
    g = noted(items)
    try:
        r = what(g)
        if isinstance(r, (set, frozenset)):
            r = sorted(r, key=repr)
        print(r, log)
    except Exception as e:
        tb = e.__traceback__
        names = []
        while tb:
            names.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        print(type(e).__name__, e, names, log)
    rest = []
    for x in g:
        rest.append(x)
    print("   ", rest, g.gi_running, g.gi_frame)


for what in tuple, list, set, frozenset, sorted, sum, any, all, min, max, deque, count:
    use(what, [3, 1, 2, 1])
    use(what, [])
use(dict, [("a", 1), ("b", 2), ("a", 3)])
use(dict, [("a", 1), ["b", 2], "cd"])
use(dict, [("a", 1), ("b", 2, 3), ("c", 4)])
use(dict, [("a", 1), 5, ("c", 4)])
use("-".join, ["x", "y", "é"])
use("-".join, ["x", 1, "z"])
use(b"-".join, [b"x", bytearray(b"y")])

# Keys whose comparison is Python's see the generator suspended, and the exceptions are not the generator's.
a, bad = Key("a"), Key("a", True)
use(set, ["a", "b", a, "a"])
use(set, [a, "b", "a", "c"])
use(set, ["a", "b", bad, "c"])
use(set, [bad, "b", "a", "c"])
use({bad}.update, ["b", "a", "c"])
use({bad: 1}.update, [("b", 1), ("a", 2), ("c", 3)])
use(dict, [(a, 1), ("b", 2), ("a", 3)])
use(count, [bad, "b", "a", "c"])
use(set, [1, [], 2])
use(set, [(1, "a"), (1, "a"), (1, (2,)), (1, (2,)), (a, 1), ("a", 1)])
use(any, [0, "", [], (), Key("x", True), Key("y"), 5])
use(all, [1, "x", [0], (0,), {1: 2}, 1.5, Key("y"), Key("x", True), 5])
use(max, [1, 2, Key("m"), 3])
use(min, ["x", "y", Key("m"), "z"])
use(min, [1, 2, "x", 3])
use(max, [1.5, float("nan"), 2.5])
use(sum, [1, True, 2**62, 2**62, 2**62, 1.5, 2])
use(sum, [0.1] * 10 + [1, 2.5])
use(sum, [1, Key("s"), 2])
use(sum, [1, "x", 2])
use(lambda g: max(g, key=lambda x: -x), [1, 3, 2])
use(lambda g: max(g, default=7), [])

# What is built up may be seen.
grown = [0]


def lengths():
    for _ in range(5):
        yield len(grown)


grown.extend(lengths())
print(grown)
s = {0}
s.update(len(s) for _ in range(5))
print(sorted(s))
q = deque(maxlen=3)
q.extend((len(q), tuple(q)) for _ in range(3))
print(q)


# Inside each other, and stopped by exceptions.
def rows(n):
    for i in range(n):
        yield sum(j for j in noted(range(i)))


print(list(rows(6)), sum(rows(6)), max(rows(6)))
print(set(sum(set(k for k in range(j) if k)) for j in range(7)))


def breaks(n):
    try:
        for i in range(n):
            yield i
        1 / 0
    finally:
        log.append("finally")


use(lambda g: list(breaks(3)), [1])


class Tree:
    def __init__(self, *parts):
        self.parts = parts

    def __iter__(self):
        for p in self.parts:
            if isinstance(p, Tree):
                n = yield from p
                log.append(n)
            else:
                got = yield p
                assert got is None
        return len(self.parts)


tree = Tree(1, Tree(2, Tree(3, 4), 5), Tree(), 6)
log.clear()
print(list(tree), set(tree), sum(tree), max(tree), deque(tree, 2), log)
use(lambda g: list(x for x in g if list(g)), [1, 2, 3, 4])


def itself():
    yield 1
    yield list(me)


me = itself()
try:
    print(list(me))
except ValueError as e:
    print(e)

# Who traces sees each step.
events = []


def tracer(frame, event, arg):
    if frame.f_code.co_name in ("gen", "starts"):
        events.append((frame.f_code.co_name, event, arg if event == "return" else frame.f_lineno - frame.f_code.co_firstlineno))
        return tracer


def gen():
    yield 1
    yield 2


def starts():
    yield 1
    sys.settrace(tracer)
    yield 2
    yield from gen()
    sys.settrace(None)
    yield 3


sys.settrace(tracer)
sum(gen())
sys.settrace(None)
print(events)
events.clear()
print(sum(starts()))
print(events)
