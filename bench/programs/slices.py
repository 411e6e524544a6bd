"""Lists cut and joined: slices read, assigned and deleted, reversals, rotations, merging, stars, matrices."""

import sys


def flips(count):
    """Sort prefixes by reversing them."""
    total = 0
    for seed in range(count):
        cakes = [(i * 7 + seed * 5) % 23 for i in range(23)]
        for end in range(len(cakes), 1, -1):
            top = cakes.index(max(cakes[:end]))
            if top == end - 1:
                continue
            if top:
                cakes[:top + 1] = cakes[top::-1]
                total += 1
            cakes[:end] = cakes[end - 1::-1]
            total += 1
        assert cakes == sorted(cakes)
    return total


def merge_sort(items):
    if len(items) < 2:
        return items
    half = len(items) // 2
    left, right = merge_sort(items[:half]), merge_sort(items[half:])
    out = []
    while left and right:
        if left[-1] > right[-1]:
            out.append(left.pop())
        else:
            out.append(right.pop())
    return left + right + out[::-1]


def quick_sort(items):
    if not items:
        return []
    first, *rest = items
    return [*quick_sort([x for x in rest if x < first]), first, *quick_sort([x for x in rest if x >= first])]


def josephus(count, step):
    circle, at, order = list(range(count)), 0, []
    while circle:
        at = (at + step - 1) % len(circle)
        order.append(circle[at])
        del circle[at]
    return order


def rotate(matrix):
    return [list(row) for row in zip(*matrix[::-1])]


def spiral(matrix):
    out = []
    while matrix:
        first, *matrix = matrix
        out.extend(first)
        matrix = [list(row) for row in zip(*matrix)][::-1]
    return out


def sieve(limit):
    marks = bytearray([1]) * limit
    marks[:2] = b"\0\0"
    for n in range(2, int(limit ** 0.5) + 1):
        if marks[n]:
            marks[n * n::n] = bytes(len(range(n * n, limit, n)))
    return sum(marks)


def chunks(items, size):
    head, middle, tail = [], [], []
    for start in range(0, len(items), size):
        a, *b, c = items[start:start + size]
        head.append(a)
        middle += b
        tail[:0] = [c]
    return sum(head) - sum(tail[::2]) + len(middle)


def main(size):
    numbers = [n * 7919 % 10007 for n in range(size * 10)]
    assert merge_sort(numbers) == quick_sort(numbers) == sorted(numbers)
    side = size // 30
    square = [[x * y for x in range(side)] for y in range(side)]
    turned = square
    for _ in range(4):
        turned = rotate(turned)
    print(f"slices {flips(size // 2)} {josephus(size * 5, 7)[-1]} {turned == square} {sum(spiral(square)[::3])} {sieve(size * 50)} {chunks(numbers, 9)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4500)
