"""Comprehensions: of lists, dicts and sets, nested and filtered, over ranges, zips and strings."""

import sys


def transpose(rows):
    return [[row[i] for row in rows] for i in range(len(rows[0]))]


def triples(limit):
    """Right triangles of whole numbers."""
    squares = {n * n: n for n in range(1, limit * 2)}
    return [(a, b, squares[s]) for a in range(1, limit) for b in range(a, limit) if (s := a * a + b * b) in squares]


def grouped(words):
    letters = {word[0] for word in words}
    return {letter: sorted([word for word in words if word[0] == letter]) for letter in letters}


def evaluate(coefficients, points):
    """The values of polynomials at points."""
    return [sum([c * x ** power for power, c in enumerate(row)]) for row in coefficients for x in points]


def blur(grid):
    height, width = len(grid), len(grid[0])
    return [
        [
            sum([grid[(y + dy) % height][(x + dx) % width] for dy in (-1, 0, 1) for dx in (-1, 0, 1)]) // 9
            for x in range(width)
        ]
        for y in range(height)
    ]


def main(rounds):
    checksum = 0
    words = ["".join([chr(97 + (n * k) % 26) for k in range(1, 5)]) for n in range(120)]
    for turn in range(1, rounds + 1):
        rows = [[(x * y + turn) % 100 for x in range(30)] for y in range(20)]
        columns = transpose(rows)
        checksum += sum([max(column) - min(column) for column in columns])
        flat = [value for row in blur(rows) for value in row if value % 2]
        checksum += len(flat) + sum([a ^ b for a, b in zip(flat, flat[1:])])
        checksum += len({(a % 10, b % 10) for a, b in zip(flat, reversed(flat))})
        counts = {letter: len(found) for letter, found in grouped(words).items()}
        checksum += sum([len(letter) * n for letter, n in counts.items()])
        checksum += sum(evaluate([[turn, 2, 3], [1, turn, 1, 4]], range(8)))
        lookup = {word: place for place, word in enumerate(words) if "a" not in word}
        checksum += sum([place if place else 1 for place in lookup.values()])
        checksum += sum([f(2) for f in [lambda x, k=k: x * k + turn for k in range(10)]])
        if turn % 10 == 0:
            checksum += sum([a + b + c for a, b, c in triples(40)])
    print(f"comprehensions {checksum}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
