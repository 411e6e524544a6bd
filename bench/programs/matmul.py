"""Matrices as lists of lists: products of ints and floats, elimination, powers modulo a prime."""

import sys


def matrix(rows, columns, seed):
    result = []
    for _ in range(rows):
        row = []
        for _ in range(columns):
            seed = (seed * 16807) % 2147483647
            row.append(seed % 19 - 9)
        result.append(row)
    return result


def product(a, b):
    columns = list(zip(*b))
    return [[sum([x * y for x, y in zip(row, column)]) for column in columns] for row in a]


def product_by_index(a, b):
    n, m, k = len(a), len(b[0]), len(b)
    result = [[0] * m for _ in range(n)]
    for i in range(n):
        row, out = a[i], result[i]
        for p in range(k):
            factor = row[p]
            other = b[p]
            for j in range(m):
                out[j] += factor * other[j]
    return result


def determinant(a, prime):
    """Return the determinant modulo a prime."""
    a = [row[:] for row in a]
    n, result = len(a), 1
    for i in range(n):
        pivot = next((r for r in range(i, n) if a[r][i] % prime), None)
        if pivot is None:
            return 0
        if pivot != i:
            a[i], a[pivot] = a[pivot], a[i]
            result = -result
        result = result * a[i][i] % prime
        inverse = pow(a[i][i], -1, prime)
        for r in range(i + 1, n):
            factor = a[r][i] * inverse % prime
            if factor:
                row, top = a[r], a[i]
                for c in range(i, n):
                    row[c] = (row[c] - factor * top[c]) % prime
    return result


def power(a, exponent, prime):
    n = len(a)
    result = [[int(i == j) for j in range(n)] for i in range(n)]
    while exponent:
        if exponent & 1:
            result = [[x % prime for x in row] for row in product(result, a)]
        a = [[x % prime for x in row] for row in product(a, a)]
        exponent >>= 1
    return result


def main(n):
    a, b = matrix(n, n + 10, 5), matrix(n + 10, n, 3)
    first, second = product(a, b), product_by_index(a, b)
    floats = product_by_index([[x / 8 for x in row] for row in a], [[x / 4 for x in row] for row in b])
    trace = sum([floats[i][i] for i in range(n)])
    small = power(matrix(8, 8, n), 10 ** 12 + n, 1000003)
    print(f"matmul {first == second} {sum(map(sum, first))} {trace} {determinant(first, 1000003)} {sum(map(sum, small))}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 150)
