"""Loops over lists and tuples: as compilers write them, where nobody sees an iterator, and made by hand so that somebody does."""

import sys

OPCODES = {
    "RESUME": 128, "LOAD_SMALL_INT": 94, "STORE_FAST": 112, "LOAD_FAST": 84, "GET_ITER": 16, "FOR_ITER": 70,
    "BINARY_OP": 44, "END_FOR": 9, "POP_ITER": 30, "RETURN_VALUE": 35, "POP_TOP": 31, "COPY": 59, "SWAP": 117, "JUMP_BACKWARD": 75, "LOAD_CONST": 82,
}
CACHES = {"FOR_ITER": 1, "BINARY_OP": 5, "JUMP_BACKWARD": 1}


def assemble(*lines):
    """Return bytecode: lines are labels, or pairs of an opname and an oparg or label."""
    places, unit = {}, 0
    for line in lines:
        if isinstance(line, str):
            places[line] = unit
        else:
            unit += 1 + CACHES.get(line[0], 0)
    text, unit = bytearray(), 0
    for line in lines:
        if isinstance(line, str):
            continue
        name, arg = line
        caches = CACHES.get(name, 0)
        unit += 1 + caches
        if isinstance(arg, str):
            arg = abs(places[arg] - unit)
        text += bytes([OPCODES[name], arg]) + bytes(2 * caches)
    return bytes(text)


def two(xs, ys):
    seen = None
    return seen


def function(*lines):
    code = two.__code__.replace(co_code=assemble(("RESUME", 0), ("LOAD_SMALL_INT", 0), ("STORE_FAST", 2), *lines), co_stacksize=6, co_exceptiontable=b"")
    return type(two)(code, {})


# seen = seen * 10 + item
NOTE = [("LOAD_FAST", 2), ("LOAD_SMALL_INT", 10), ("BINARY_OP", 5), ("BINARY_OP", 0), ("STORE_FAST", 2)]
FIRST = [("LOAD_FAST", 0), ("GET_ITER", 0)]
SECOND = [("LOAD_FAST", 1), ("GET_ITER", 0)]
END = [("END_FOR", 0), ("POP_ITER", 0)]
RETURN = [("LOAD_FAST", 2), ("RETURN_VALUE", 0)]

MADE = {
    "plain": [*FIRST, "loop", ("FOR_ITER", "end"), *NOTE, ("JUMP_BACKWARD", "loop"), "end", *END, *RETURN],
    "copied": [*FIRST, "loop", ("FOR_ITER", "end"), ("POP_TOP", 0), ("COPY", 1), ("STORE_FAST", 2), ("JUMP_BACKWARD", "loop"), "end", *END, *RETURN],
    "returned": [*FIRST, "loop", ("FOR_ITER", "end"), ("POP_TOP", 0), ("RETURN_VALUE", 0), "end", *END, *RETURN],
    "swapped": [*FIRST, *SECOND, "loop", ("FOR_ITER", "end"), *NOTE, ("SWAP", 2), ("JUMP_BACKWARD", "loop"), "end", *END, ("POP_TOP", 0), *RETURN],
    "nested": [
        *FIRST, "outer", ("FOR_ITER", "end"), *NOTE, *SECOND, "inner", ("FOR_ITER", "next"), *NOTE, ("SWAP", 2), ("FOR_ITER", "both"), *NOTE,
        ("SWAP", 2), ("JUMP_BACKWARD", "inner"), "next", *END, ("JUMP_BACKWARD", "outer"), "end", *END, *RETURN, "both", *END, ("POP_TOP", 0), *RETURN,
    ],
    "again": [
        *FIRST, "loop", ("FOR_ITER", "end"), *NOTE, ("JUMP_BACKWARD", "loop"), "end", ("END_FOR", 0), ("FOR_ITER", "really"), ("POP_TOP", 0),
        ("POP_ITER", 0), ("LOAD_CONST", 0), ("RETURN_VALUE", 0), "really", *END, *RETURN,
    ],
}

for name, lines in MADE.items():
    f = function(*lines)
    for kind in list, tuple, set, frozenset:
        got = f(kind([1, 2, 3]), kind([4, 5]))
        print(name, kind.__name__, type(got).__name__, got if isinstance(got, int) else list(got))


# What a list that changes gives, and what is left of it.
def growing(limit):
    items = [1]
    for item in items:
        if len(items) < limit:
            items.append(item * 2)
    return items


def shrinking(items):
    seen = []
    for item in items:
        seen.append(item)
        items.pop()
    return seen, items


def left(items):
    """Generators stop within loops; others go on."""
    for item in items:
        yield item
        if item == 2:
            for other in items:
                yield -other
                if other == 3:
                    break
            else:
                yield "all"


print(growing(8), shrinking([1, 2, 3, 4, 5]), list(left([1, 2, 3, 4])), list(left((1, 2))))
walk = left([1, 2])
items = [next(walk), next(walk)]
walk.close()
print(items)


# The same of sets.
def rotten(items, change):
    seen = 0
    try:
        for item in items:
            seen += item
            change(items, item)
    except RuntimeError as e:
        return seen, str(e)
    return seen, len(items)


print(rotten({1, 2, 3}, lambda s, x: s.add(x + 100)), rotten({1, 2, 3}, set.discard), rotten({1}, set.discard), rotten({1, 2, 3}, lambda s, x: s.add(x)))
print(rotten(frozenset(), None), rotten(frozenset({4, 5}), lambda s, x: None), [x for x in {3, 4, 5} for y in {7, 8}], {x: y for x in {3, 4} for y in {5}})


# A trace function that comes and goes in the middle of loops.
def traced(items):
    total = []
    for a in items:
        if a == 2:
            sys.settrace(lambda *args: None)
            sys._getframe().f_trace = lambda *args: None
        for b in (10, 20, 30):
            if (a, b) == (3, 20):
                sys.settrace(None)
            total.append(a * b)
    return total


print(traced([1, 2, 3, 4]))


# Rooms of comprehensions.
for n in 0, 1, 3, 9, 40:
    xs, d = list(range(n)), dict.fromkeys(range(n))
    print(n, [
        len([x for x in it if x % 3]) + len([(x, y) for x in it for y in "abc"]) + len([[y for y in it] for x in xs]) + len([x for x, y in zip(it, xs)])
        for it in (xs, tuple(xs), d, d.keys(), set(xs), range(n), iter(xs), (x for x in xs))
    ])
