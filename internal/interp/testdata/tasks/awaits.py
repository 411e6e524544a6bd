"""Chains of await and yield from, and what a program can get hold of in the middle of one: coroutines that are awaited where they are made
may be used again when they end, unless somebody knows them."""

import sys


def coroutine(f):
    """What types.coroutine does with a generator function."""
    f.__code__ = f.__code__.replace(co_flags=f.__code__.co_flags | 0x100)
    return f


class Switch:
    """Gives a word to who drives the coroutine, and what that answers to the coroutine."""

    def __init__(self, word):
        self.word = word

    def __await__(self):
        answer = yield self.word
        return answer


@coroutine
def pause(word):
    return (yield word)


async def leaf(n):
    return await Switch(f"leaf {n}") or n


async def branch(n, depth):
    if depth == 0:
        return await leaf(n)
    first = await branch(n, depth - 1)
    second = await branch(n + 1, depth - 1)
    return first + second


def drive(coro, answer=None):
    """Run a coroutine to its end; return its result and what it has said."""
    said = []
    send = None
    while True:
        try:
            said.append(coro.send(send))
        except StopIteration as stop:
            return stop.value, said
        send = answer


print(drive(branch(1, 3)))
print(drive(branch(1, 2), 5))


# Known by cr_await: each keeps its state after it has ended, and is no other one later.
outer = branch(1, 2)
outer.send(None)
known = []
inner = outer
while inner is not None:
    known.append(inner)
    inner = getattr(inner, "cr_await", None) or getattr(inner, "gi_yieldfrom", None)
print([type(k).__name__ for k in known], [getattr(k, "__name__", "-") for k in known])
print(drive(branch(10, 2)))
try:
    while True:
        outer.send(None)
except StopIteration as stop:
    print("outer", stop.value)
for k in known[1:-1]:
    print(k.__name__, k.cr_frame, k.cr_running, k.cr_suspended)
    try:
        k.send(None)
    except RuntimeError as e:
        print("  ", e)
print(len(set(map(id, known))) == len(known))


# Known by their frames.
async def seen(where, depth):
    if depth:
        return await seen(where, depth - 1)
    frame = sys._getframe()
    for _ in range(3):
        where.append(frame.f_generator)
        frame = frame.f_back
    return await pause("seen")


where = []
print(drive(seen(where, 2), 7), [w.cr_frame for w in where], len(set(map(id, where))))
others = []
print(drive(seen(others, 2), 8), [o in where for o in others])


# Exceptions on the way down, on the way up, and from outside.
async def careful(depth, fail):
    try:
        if depth:
            return await careful(depth - 1, fail)
        if fail == "before":
            raise KeyError(fail)
        await Switch("careful")
        if fail == "after":
            raise KeyError(fail)
        return "fine"
    except ValueError as e:
        return f"{type(e).__name__} at {depth}"
    finally:
        await pause(f"finally {depth}")


for fail in "no", "before", "after":
    try:
        print(drive(careful(2, fail)))
    except KeyError as e:
        levels = 0
        trace = e.__traceback__
        while trace:
            levels, trace = levels + 1, trace.tb_next
        print("KeyError", e, levels)

c = careful(2, "no")
print(c.send(None), c.throw(ValueError("thrown")), drive(c))
c = careful(2, "no")
c.send(None)
try:
    c.close()
except RuntimeError as e:
    print(e)
try:
    c.close()
except RuntimeError as e:
    print(e)
print(drive(c)) if c.cr_frame else print("closed")


async def deeper(n):
    return await deeper(n + 1)


try:
    deeper(0).send(None)
except RecursionError as e:
    print("RecursionError")
print(drive(branch(3, 2)))


# yield from, in generators.
def walk(tree):
    if isinstance(tree, list):
        total = 0
        for part in tree:
            total += yield from walk(part)
        return total
    got = yield tree
    return tree * 10 if got is None else got


def collect(gen, answer=None):
    items = []
    try:
        items.append(next(gen))
        while True:
            items.append(gen.send(answer))
    except StopIteration as stop:
        return items, stop.value


tree = [1, [2, 3, [4]], [], [[5], 6]]
print(collect(walk(tree)), collect(walk(tree), 1))
g = walk(tree)
next(g), next(g)
inside = g.gi_yieldfrom.gi_yieldfrom
print(collect(g))
print(inside.gi_frame, list(inside), collect(walk([7, [8]])))


# Asynchronous generators in loops; what their awaitables are worth to others.
async def count(n, log):
    try:
        for i in range(n):
            if i % 2:
                await pause(f"wait {i}")
            got = yield i
            if got:
                log.append(got)
    finally:
        log.append("end")


async def twice(source):
    async for item in source:
        yield item * 2


async def total(n, log):
    result = 0
    async for item in twice(twice(count(n, log))):
        result += item
        if item == 12:
            await leaf(item)
    return result


log = []
print(drive(total(6, log)), log)
runner = total(4, log)
runner.send(None)
awaitables = []
inner = runner.cr_await
while inner is not None:
    awaitables.append(type(inner).__name__)
    kept = inner
    inner = getattr(inner, "ag_await", None)
print(awaitables)
print(drive(runner))
try:
    kept.send(None)
except RuntimeError as e:
    print(e)


async def by_hand(log):
    source = count(3, log)
    first = await source.__anext__()
    second = await source.asend("sent")
    both = [item async for item in source]
    await source.aclose()
    return first, second, both


print(drive(by_hand(log)), log)


class Resource:
    async def __aenter__(self):
        await pause("enter")
        return self

    async def __aexit__(self, kind, error, trace):
        await pause("exit")
        return kind is KeyError


async def use(fail):
    async with Resource() as a, Resource():
        await leaf(1)
        if fail:
            raise fail
        return "left"
    return "suppressed"


print(drive(use(None)), drive(use(KeyError())))
try:
    drive(use(IndexError("kept")))
except IndexError as e:
    print(repr(e))


# Arguments that need more than to be put in their places.
async def many(a, b=2, *rest, c, d=4, **more):
    await pause("many")
    return a, b, rest, c, d, more


async def arguments():
    return [await many(1, c=3), await many(1, 5, 6, 7, c=3, e=8), await many(*"xyz", **{"c": 1, "d": 2})]


print(drive(arguments()))


async def wrong():
    try:
        await many(1)
    except TypeError as e:
        print(e)
    try:
        await leaf()
    except TypeError as e:
        print(e)
    try:
        await Switch.__await__
    except TypeError as e:
        print(e)
    return await leaf(2)


print(drive(wrong()))


class Bad:
    def __await__(self, more):
        yield more


async def bad():
    await Bad()


try:
    drive(bad())
except TypeError as e:
    print(e)
