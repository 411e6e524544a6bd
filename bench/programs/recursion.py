"""Recursion: Fibonacci, Ackermann, Takeuchi, Hanoi, permutations, even and odd by each other, deep lists."""

import sys


def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def takeuchi(x, y, z):
    if y < x:
        return takeuchi(takeuchi(x - 1, y, z), takeuchi(y - 1, z, x), takeuchi(z - 1, x, y))
    return z


def hanoi(disks, source, target, spare, moves):
    if disks:
        hanoi(disks - 1, source, spare, target, moves)
        moves[source, target] = moves.get((source, target), 0) + 1
        hanoi(disks - 1, spare, target, source, moves)


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def arrange(items):
    """Return all orders of items."""
    if len(items) <= 1:
        return [items]
    return [(first,) + rest for i, first in enumerate(items) for rest in arrange(items[:i] + items[i + 1:])]


def depth(nested):
    """How deep lists lie in lists."""
    return 1 + max([depth(item) for item in nested], default=0) if isinstance(nested, list) else 0


def partitions(n, largest, *, minimum=1):
    """In how many ways n is a sum, with keyword arguments all the way down."""
    if n == 0:
        return 1
    return sum([partitions(n - part, part, minimum=minimum) for part in range(minimum, min(n, largest) + 1)])


def main(n):
    moves = {}
    hanoi(n // 2, "a", "b", "c", moves)
    nested = []
    for level in range(200):
        nested = [nested, level, []]
    deep = sum([depth(nested) for _ in range(n)])
    parity = sum([even(k * 30) for k in range(n)])
    print(
        f"recursion {fibonacci(n)} {ackermann(2, n * 8)} {takeuchi(n // 2, n // 3, n // 6)} {max(moves.values())}"
        f" {parity} {len(arrange(tuple(range(n // 4))))} {deep} {partitions(n, n)}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 34)
