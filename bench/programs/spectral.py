"""The spectral norm of a matrix that is never stored: calls of small functions, float sums."""

import sys
from math import sqrt


def entry(row, column):
    """Return an element of the matrix 1, 1/2, 1/3, 1/4 ... counted along diagonals."""
    diagonal = row + column
    return 1.0 / (diagonal * (diagonal + 1) // 2 + row + 1)


def times(vector):
    size = range(len(vector))
    return [sum([entry(i, j) * vector[j] for j in size]) for i in size]


def transposed_times(vector):
    result = []
    for i in range(len(vector)):
        total = 0.0
        for j, value in enumerate(vector):
            total += entry(j, i) * value
        result.append(total)
    return result


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def main(n):
    u = [1.0] * n
    for _ in range(6):
        v = transposed_times(times(u))
        u = transposed_times(times(v))
    print(f"spectral {n} {sqrt(dot(u, v) / dot(v, v)):.9f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 420)
