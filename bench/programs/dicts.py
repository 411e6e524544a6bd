"""Dicts: counted, grouped, inverted, merged, iterated and emptied, with keys of several types."""

import sys
from math import isqrt


def numbers(count, seed=1):
    for _ in range(count):
        seed = (seed * 16807) % 2147483647
        yield seed


def histogram(values):
    counts = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def group(values):
    groups = {}
    for value in values:
        groups.setdefault(value % 97, []).append(value)
    return groups


def index(words):
    """Return word -> (first place, number of places)."""
    places = {}
    for place, word in enumerate(words):
        if word in places:
            first, count = places[word]
            places[word] = first, count + 1
        else:
            places[word] = place, 1
    return places


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __hash__(self):
        return hash((self.x, self.y))

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y


def grid(size):
    """Look up neighbours by tuples, then by objects with their own hash."""
    cells = {(x, y): x * y % 11 for x in range(size) for y in range(size)}
    total = 0
    for (x, y), value in cells.items():
        total += value
        for neighbour in ((x + 1, y), (x, y + 1), (x - 1, y - 1)):
            total += cells.get(neighbour, -1)
    points = {Point(x, x + 1): x for x in range(size * 4)}
    return total + sum(points[Point(x, x + 1)] for x in range(size * 4)) + (Point(3, 3) in points)


def churn(values):
    """A dict that many keys enter and leave."""
    pool = {}
    oldest = iter(values)
    left = 0
    for n, value in enumerate(values):
        pool[value] = n
        if len(pool) > 500:
            left += pool.pop(next(oldest), 0)
    return left + len(pool)


def main(count):
    values = list(numbers(count))
    small = histogram([v % 1000 for v in values])
    grouped = group(values)
    places = index([f"w{v % 3000}" for v in values])
    inverted = {v: k for k, v in small.items()}
    merged = small | {k: len(v) for k, v in grouped.items()}
    merged.update(zip(range(2000, 2100), values))
    common = small.keys() & grouped.keys()
    checksum = sum(k * v % 1009 for k, v in merged.items())
    checksum += sum(first * n % 101 for first, n in places.values())
    top = sorted(small.items(), key=lambda item: (-item[1], item[0]))[:3]
    for key in list(merged):
        if key % 3:
            del merged[key]
    print(f"dicts {checksum} {len(inverted) > 0} {len(common)} {top} {len(merged)} {grid(isqrt(count) // 2)} {churn(values)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 450000)
