"""Copies of nested data: the module copy, __deepcopy__, __reduce__, slots, shared parts and cycles."""

import copy
import sys


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Shape:
    def __init__(self, name, points, style):
        self.name = name
        self.points = points
        self.style = style
        self.parent = None


class Counter:
    """Copies of it count how often it has been copied."""

    def __init__(self, copies=0):
        self.copies = copies

    def __deepcopy__(self, memo):
        return Counter(self.copies + 1)


class Range:
    def __init__(self, low, high):
        self.bounds = low, high

    def __reduce__(self):
        return Range, self.bounds


def drawing(count):
    style = {"fill": "red", "width": 2, "dash": [1, 2, 1], "scale": (1.0, 2.5)}
    shapes = [Shape(f"shape{n}", [Point(n, n + i) for i in range(4)], style) for n in range(count)]
    for n, shape in enumerate(shapes):
        shape.parent = shapes[n // 2]
    return {"shapes": shapes, "styles": [style], "counter": Counter(), "range": Range(1, count)}


def table(rows):
    return [{"id": n, "name": f"row {n}", "values": [n, n * 0.5, None, True], "tags": {"a", "b"}, "key": (n, "x")} for n in range(rows)]


def main(size):
    picture = drawing(size)
    for _ in range(6):
        picture = copy.deepcopy(picture)
    shapes = picture["shapes"]
    shared = all(shape.style is picture["styles"][0] for shape in shapes)
    cycles = all(shape.parent is shapes[n // 2] for n, shape in enumerate(shapes))
    moved = sum(point.x * 3 + point.y for shape in shapes for point in shape.points)

    rows = table(size * 2)
    copies = [copy.deepcopy(rows) for _ in range(4)]
    copies[1][0]["values"].append(1)
    same = [other == rows for other in copies]
    for _ in range(size * 20):
        shape = copy.copy(shapes[0])
        shape.points = copy.copy(shape.points)
    flat = sum(len(copy.deepcopy((n, "text", 2.5, None))) for n in range(size * 20))
    print(f"deepcopies {shared} {cycles} {moved} {picture['counter'].copies} {picture['range'].bounds} {same} {len(shape.points)} {flat}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1500)
