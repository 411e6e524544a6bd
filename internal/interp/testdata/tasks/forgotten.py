"""Generators and coroutines that are forgotten in all the states they can be in, and what the collector makes of them."""

import gc


def guarded(name):
    try:
        yield name
        yield name
    finally:
        print("   closed", name)


def plain():
    yield 1


def forget(name, steps):
    g = guarded(name)
    for _ in range(steps):
        next(g, None)


class Collects:
    def method(self, *args, **kw):
        gc.collect()
        return args


for steps in range(4):
    print(steps, "steps")
    forget(f"after {steps}", steps)
    gc.collect()

print("kept through a collection")
g = guarded("old")
next(g)
gc.collect()
print(next(g))
gc.collect()
print(next(g, "end"))
del g
gc.collect()

print("kept, then forgotten")
g = guarded("older")
next(g)
gc.collect()
g = None
gc.collect()

print("closed by hand")
g = guarded("by hand")
next(g)
g.close()
g = None
gc.collect()


async def value(v):
    return v


async def waits():
    return await value(3)


def drive(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as e:
        return e.value


print("coroutines")
c = waits()
gc.collect()
print(drive(c))
c = waits()
c.close()
c = None
gc.collect()
many = [guarded(n) for n in range(5)]
for g in many:
    next(g)
del many[1:4], g
gc.collect()
many = None
gc.collect()

print("calls of bound methods")
m = Collects().method
print(m(), m(1), m(*(1, 2)), m(3, x=1), m(*[4], **{"x": 1}), [f(5) for f in [m]], Collects().method(6))
