"""Sets: membership, union, intersection, difference; the game of life, reachability, sums without repetition."""

import sys


def neighbours(cell):
    x, y = cell
    return {
        (x - 1, y - 1), (x, y - 1), (x + 1, y - 1), (x - 1, y),
        (x + 1, y), (x - 1, y + 1), (x, y + 1), (x + 1, y + 1),
    }


def step(alive):
    """Return the next generation of the game of life."""
    around = set()
    for cell in alive:
        around |= neighbours(cell)
    stay = {cell for cell in alive if len(neighbours(cell) & alive) in (2, 3)}
    born = {cell for cell in around - alive if len(neighbours(cell) & alive) == 3}
    return stay | born


def life(generations):
    alive = {(0, 0), (1, 0), (2, 0), (2, 1), (1, 2), (10, 10), (10, 11), (10, 12), (11, 12), (9, 11)}
    total = 0
    for _ in range(generations):
        alive = step(alive)
        total += len(alive)
    return total, sum(x * 7 + y for x, y in alive)


def reach(edges, start):
    """Return the nodes that can be reached, level by level."""
    seen = front = frozenset([start])
    levels = 0
    while front:
        front = frozenset(n for node in front for n in edges[node]) - seen
        seen |= front
        levels += 1
    return len(seen), levels


def subset_sums(values, limit):
    sums = {0}
    for value in values:
        sums.update([s + value for s in sums if s + value <= limit])
    return len(sums)


def relations(count):
    evens, threes, squares = set(range(0, count, 2)), set(range(0, count, 3)), {n * n for n in range(count)}
    total = len(evens & threes) + len(evens | threes) + len(evens ^ threes) + len(evens - threes)
    total += sum([n in squares for n in range(count)])
    total += evens.isdisjoint(threes) + evens.issubset(range(count)) + (squares >= {4, 9})
    for n in range(0, count, 6):
        evens.discard(n)
        threes.remove(n)
    kinds = {frozenset((a % 5, b % 7)) for a in range(40) for b in range(40)}
    return total + len(evens) + len(threes) + len(kinds)


def main(size):
    edges = [[(n * 7 + 1) % (size * 20), (n * n + 3) % (size * 20), n // 2] for n in range(size * 20)]
    words = {f"{n:x}" for n in range(size * 40)}
    hexadecimal = sum(str(n) in words for n in range(size * 40))
    print(f"sets {life(size)} {reach(edges, 1)} {subset_sums(range(3, 60, 4), size * 4)} {relations(size * 100)} {hexadecimal}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 900)
