"""Caches: lru_cache, a least-recently-used cache on a linked list, one on an ordered dict, deques, defaultdict."""

import sys
from collections import OrderedDict, defaultdict, deque
from functools import lru_cache, partial, reduce


class Link:
    __slots__ = ("key", "value", "before", "after")

    def __init__(self, key=None, value=None):
        self.key, self.value = key, value
        self.before = self.after = self


class LinkedCache:
    """A dict of links that are also a ring, the latest behind the root."""

    def __init__(self, room):
        self.room = room
        self.links = {}
        self.root = Link()
        self.hits = self.misses = 0

    def get(self, key, make):
        link = self.links.get(key)
        if link is None:
            self.misses += 1
            if len(self.links) >= self.room:
                self.drop(self.root.before)
            link = self.links[key] = Link(key, make(key))
        else:
            self.hits += 1
            self.unlink(link)
        root = self.root
        link.before, link.after = root, root.after
        root.after.before = root.after = link
        return link.value

    def unlink(self, link):
        link.before.after, link.after.before = link.after, link.before

    def drop(self, link):
        self.unlink(link)
        del self.links[link.key]


class OrderedCache(OrderedDict):
    def __init__(self, room):
        super().__init__()
        self.room = room

    def fetch(self, key, make):
        if key in self:
            self.move_to_end(key)
            return self[key]
        value = self[key] = make(key)
        if len(self) > self.room:
            self.popitem(last=False)
        return value


@lru_cache(maxsize=None)
def ways(total, coins):
    """In how many ways coins make up the total."""
    if total == 0:
        return 1
    if total < 0 or not coins:
        return 0
    return ways(total - coins[0], coins) + ways(total, coins[1:])


def moving(values, width):
    """Yield the largest of the last width values."""
    best = deque()
    for n, value in enumerate(values):
        while best and best[-1][1] <= value:
            best.pop()
        best.append((n, value))
        if best[0][0] <= n - width:
            best.popleft()
        yield best[0][1]


def main(rounds):
    linked, ordered = LinkedCache(100), OrderedCache(100)
    bounded = lru_cache(maxsize=100)(partial(pow, 3, mod=1000003))
    square = lambda n: n * n
    total, seed, keys = 0, 1, []
    for n in range(rounds):
        seed = (seed * 16807) % 2147483647
        key = seed % (150 if seed & 64 else 30)
        keys.append(key)
        total += linked.get(key, square) + ordered.fetch(key, square) + bounded(key)
    places = defaultdict(list)
    for n, key in enumerate(keys):
        places[key % 10].append(n)
    queue = deque(keys, maxlen=1000)
    queue.rotate(17)
    queue.extendleft(range(50))
    total += sum(moving(keys, 25)) + reduce(lambda a, b: (a * 31 + b) % 10007, queue)
    total += ways(rounds // 100, (50, 20, 10, 5, 2, 1))
    info = bounded.cache_info()
    print(f"caches {total} {linked.hits} {linked.misses} {info.hits} {len(ordered)} {len(places[3])}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 480000)
