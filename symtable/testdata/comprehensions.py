"""Comprehensions, most of which are inlined."""
top = [x for x in range(3)]
nested = [[y for y in x if y] for x in top]
cells = [lambda: x for x in top]
generators = (x + top for x in top for top in x)
walrus = [(last := x) for x in top if (found := x)]


def function(x, shared):
    a = [x for x in x]
    b = {x: shared for x in a for shared in x}
    c = {lambda: (x, shared) for x in b}
    d = [[(lambda: z) for z in y] for y in c]
    if any((hit := item) for item in d):
        return hit, last
    e = [x for _ in a if [shared := 1 for _ in b]]
    (lambda: x)()
    return [free for free in [x for x in a]], lambda: (hit, free)


def outer():
    captured = 1

    def inner():
        return [(lambda: captured) for captured in range(3)], lambda: captured
    return inner


def global_target():
    global counted
    return [counted := n for n in range(3)]


async def asynchronous(source):
    a = [x async for x in source]
    b = [await x for x in source]
    c = (x async for x in source)
    d = {await x: [y async for y in x] for x in source}
    return [lambda: (a, x) for x in source], b, c, d


class Body:
    items = [1, 2]
    squares = [item * len(items) for item in items]
    closures = [lambda: item for item in items]
    pairs = {(a, b) for a in items for b in squares}
    __hidden = [__element for __element in items]

    def method(self):
        return [(self, __class__, super().x) for x in self.items]

    inlined = [__class__ for _ in items]
    inside = [lambda: __class__ for _ in items]
