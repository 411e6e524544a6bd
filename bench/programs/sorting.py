"""Sorting with and without keys: ints, floats, strings, tuples, objects; stability, min and max, bisection."""

import sys
from operator import attrgetter, itemgetter


class Person:
    def __init__(self, name, age, score):
        self.name, self.age, self.score = name, age, score


class Version:
    """Orders itself by __lt__ alone."""

    def __init__(self, *parts):
        self.parts = parts

    def __lt__(self, other):
        return self.parts < other.parts


def numbers(count, seed):
    values = []
    for _ in range(count):
        seed = (seed * 48271) % 2147483647
        values.append(seed)
    return values


def mixed(values):
    """Return values in runs that rise and fall."""
    runs = []
    for i in range(0, len(values), 50):
        runs += sorted(values[i:i + 50], reverse=i % 100 == 0)
    return runs


def place(values, wanted):
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


def signature(values):
    checksum = 0
    for value in values[:: len(values) // 100 + 1]:
        checksum = (checksum * 31 + value) % 1000003
    return checksum


def main(count):
    values = numbers(count, 42)
    checks = [signature(sorted(values)), signature(sorted(mixed(values)))]
    floats = sorted([v / 1000 for v in values], reverse=True)
    checks.append(signature([int(f) for f in floats]))
    words = sorted([f"{v % 5000:x}" for v in values])
    checks.append(sum(a == b for a, b in zip(words, words[1:])))

    people = [Person(f"p{v % 100}", v % 90, v % 1000) for v in values]
    people.sort(key=attrgetter("age"))
    people.sort(key=lambda p: p.name)
    checks.append(signature([p.age * 1000 + p.score for p in people]))
    people.sort(key=lambda p: (p.score, p.name, -p.age), reverse=True)
    checks.append(signature([p.age for p in people]))

    pairs = [(v % 50, str(v), v) for v in values]
    checks.append(signature([p[2] for p in sorted(pairs)]))
    checks.append(signature([p[2] for p in sorted(pairs, key=itemgetter(1))]))
    checks.append(signature([p[2] for p in sorted(pairs, key=itemgetter(0, 2))]))

    versions = sorted(Version(v % 5, v % 7, v) for v in values[: count // 4])
    checks.append(signature([v.parts[2] for v in versions]))
    order = sorted(range(count), key=values.__getitem__)
    checks.append(signature(order))
    ordered = sorted(values)
    checks.append(sum(place(ordered, v) for v in values[: count // 10]))
    oldest = max(people, key=lambda p: p.age * 1000 + p.score)
    checks.append(oldest.score + min(values) + sum(max(values[i:i + 9]) % 10 for i in range(0, count, 9)))
    print("sorting", *checks)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100000)
