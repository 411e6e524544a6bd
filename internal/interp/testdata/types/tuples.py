# Tuples of every size, of subclasses with and without attributes, and struct sequences: their items are in one
# allocation with the rest, so wrong sizes would show as wrong items after a collection.
import gc
import time


class Plain(tuple):
    __slots__ = ()


class Named(tuple):
    pass


def numbers(n):
    return [str(i) * 3 for i in range(n)]


kept = []
for n in list(range(20)) + [31, 32, 33, 64, 65, 1000]:
    t, p, x = tuple(numbers(n)), Plain(numbers(n)), Named(numbers(n))
    x.label = "label %d" % n
    x.more = list(x)
    kept.append((n, t, p, x))
    junk = [(i, i) for i in range(1000)]
    gc.collect()
for n, t, p, x in kept:
    want = numbers(n)
    assert list(t) == list(p) == list(x) == x.more == want, n
    assert len(t) == len(p) == len(x) == n
    assert t == p == x and hash(t) == hash(p) == hash(x)
    assert x.label == "label %d" % n
    assert [i for i in x] == want and x[:n] == t and (not n or x[-1] == want[-1])
    assert type(x + t) is tuple and (x + t)[n:] == t

print(Named(), Plain((1,)), Named((1, 2)), type(Named((1, 2))[:]))
print(time.struct_time(range(9)), time.struct_time(range(11)).tm_gmtoff, time.struct_time(range(9)).tm_zone)
s = time.struct_time(range(10))
print(len(s), s.tm_zone, s.__reduce__()[1][0], sorted(s.__reduce__()[1][1]))


def each(*args, **kw):
    for a in args:
        yield a
    first, second, *rest = args
    yield first, second, rest, kw


print(list(each(1, 2)), list(each(*range(9), k=1)))
it = iter((1, 2, 3))
print(next(it), it.__length_hint__(), list(it), list(it), it.__reduce__())
