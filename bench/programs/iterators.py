"""Iterators: itertools in chains, map, filter, zip, enumerate, reversed, and classes with __next__ and __getitem__."""

import sys
from itertools import (accumulate, batched, chain, combinations, compress, count, cycle, dropwhile, groupby, islice,
                       pairwise, permutations, product, repeat, starmap, takewhile, tee, zip_longest)
from operator import add, mul


class Countdown:
    def __init__(self, start):
        self.left = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return self.left


class Squares:
    """A sequence of the old kind."""

    def __init__(self, size):
        self.size = size

    def __len__(self):
        return self.size

    def __getitem__(self, place):
        if place >= self.size:
            raise IndexError(place)
        return place * place


def rounds_of(n):
    """Work that takes about n steps of many iterators."""
    yield sum(Countdown(n))
    yield sum(Squares(n)) + sum(reversed(Squares(n // 4)))
    yield sum(map(mul, range(n), Countdown(n)))
    yield sum(filter(lambda x: x % 3 == 0, range(n)))
    yield sum(a * b for a, b in zip(range(n), cycle((1, 2, 3))))
    yield sum(x for x, _ in zip_longest(range(n), range(n // 2), fillvalue=0))
    yield sum(islice(count(5, 3), n)) + sum(takewhile(lambda x: x < n, count()))
    yield sum(dropwhile(lambda x: x < n // 2, range(n))) + sum(compress(range(n), cycle((1, 0, 1))))
    yield max(accumulate(range(n), lambda a, b: (a * 3 + b) % 1000))
    yield sum(last - first for first, last in pairwise(accumulate(range(n))))
    yield sum(len(list(group)) * key for key, group in groupby(range(n), key=lambda x: x // 7))
    yield sum(starmap(pow, zip(range(n), repeat(2))))
    yield sum(map(sum, batched(range(n), 5)))
    yield sum(chain(range(n), (x + 1 for x in range(n)), chain.from_iterable([[1, 2, 3]] * (n // 3))))
    first, second = tee(x ^ 5 for x in range(n))
    next(second, None)
    yield sum(map(add, first, second))
    yield sum(place for place, value in enumerate(reversed(range(n)), 1) if value & 2)
    yield sum(a * b - c for a, b, c in islice(combinations(range(40), 3), n))
    yield sum(a[0] * 5 + a[-1] for a in islice(permutations(range(8), 5), n))
    yield sum(x * y + z for x, y, z in islice(product(range(20), range(30), (1, 2)), n))
    yield any(x > n for x in range(n)) + all(x < n for x in range(n)) + (n - 1 in Countdown(n))
    iterator = iter(range(n))
    yield sum(x - y for x, y in zip(iterator, iterator)) + len(list(iter([3, 2, 1].pop, 1)))


def main(size):
    checksum = 0
    for n in range(size - 3, size):
        for value in rounds_of(n):
            checksum = (checksum * 31 + value) % 1000000007
    print(f"iterators {checksum}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 190000)
