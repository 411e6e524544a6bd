"""Dicts of keywords that functions only pass on, and who else sees them."""

import sys


def show(*args, **kwargs):
    return args, kwargs


def wrap(f):
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)

    return wrapper


def spy(**kw):
    frame = sys._getframe(1)
    seen = frame.f_locals["kwargs"]
    seen["added"] = 1
    return frame.f_locals["kwargs"], seen is frame.f_locals["kwargs"], kw


print(wrap(show)(), wrap(show)(1), wrap(show)(1, a=2), wrap(wrap(show))(b=3))
print(wrap(spy)(), wrap(spy)(a=1), wrap(spy)())


def both(*args, **kwargs):
    return show(*args, **kwargs), show(**kwargs), show(1, *args, x=1, **kwargs)


print(both(), both(5), both(y=1))


def kept(**kwargs):
    show(**kwargs)
    return kwargs


one, two = kept(), kept()
one["a"] = 1
print(one, two, kept(b=1))


def local(**kwargs):
    show(**kwargs)
    names = locals()
    names["kwargs"]["z"] = 1
    return locals(), show(**kwargs)


print(local(), local(q=1))


def inner(**kwargs):
    def change():
        kwargs["n"] = len(kwargs)
        return show(**kwargs)

    return change


c = inner()
print(c(), c(), inner()())


def late(*args, **kwargs):
    yield show(*args, **kwargs)
    yield show(**kwargs)


g = late(1)
print(next(g), g.gi_frame.f_locals, next(g))


def fails(*args, **kwargs):
    return nothing(*args, **kwargs)


for args in (), (1,):
    try:
        fails(*args)
    except NameError as e:
        print(e, e.__traceback__.tb_next.tb_frame.f_locals)


def merge(a, b):
    try:
        return show(*[1], **a, **b)
    except TypeError as e:
        return str(e)


print(merge({}, {}), merge({"a": 1}, {}), merge({}, {"a": 1}), merge({"a": 1}, {"a": 2}), merge({1: 2}, {}), merge(5, {}))


def star(it, d):
    try:
        return show(*it, **d)
    except TypeError as e:
        return str(e)


def changing(d):
    yield 1
    d["late"] = 2


d = {"early": 1}
print(star(changing(d), d), d)
print(star(5, {"a": 1}), star((), 5), star([1], {}), star((), {2: 3}))


class Map:
    def keys(self):
        return "ab"

    def __getitem__(self, k):
        return k * 2


class Sub(dict):
    def keys(self):
        return ["k"]

    def __getitem__(self, k):
        return 7


print(star((), Map()), star((1,), Sub(u=1)))
print([{} for _ in range(2)], [dict(**x) for x in ({}, {"a": 1})])


def order(a, b=2, /, c=3, d=4, *, e, f=6, g=7):
    return a, b, c, d, e, f, g


for call in (
    lambda: order(1, e=5), lambda: order(1, 2, d="d", e=5), lambda: order(1, c="c", e=5, g="g"), lambda: order(1, g=0, e=5, c=1),
    lambda: order(1, b=2, e=5), lambda: order(e=5), lambda: order(1, c=2), lambda: order(1, 2, 3, c=3, e=5), lambda: order(1, 2, 3, 4, 5, e=6),
    lambda: order(1, e=5, h=1), lambda: order(*[1], **{"".join("e"): 5, "d": 0}),
):
    try:
        print(call())
    except TypeError as e:
        print(e)


def many(a, *, b=1, **kw):
    return a, b, kw


for call in lambda: many(1, 2, b=3), lambda: many(1, 2, c=3), lambda: many(c=3):
    try:
        print(call())
    except TypeError as e:
        print(e)
