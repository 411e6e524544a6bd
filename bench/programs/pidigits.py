"""Digits of pi in two ways that need big integers: Machin's formula, and Chudnovsky's series split in halves."""

import sys
from math import isqrt


def arctan_inverse(x, one):
    """Return arctan(1/x) in units of 1/one: big integers divided by small ones."""
    power = total = one // x
    square, n, sign = x * x, 3, -1
    while power:
        power //= square
        total += sign * (power // n)
        n += 2
        sign = -sign
    return total


def machin(digits):
    one = 10 ** (digits + 10)
    return (16 * arctan_inverse(5, one) - 4 * arctan_inverse(239, one)) // 10 ** 10


def terms(first, last):
    """Return numerator, denominator and weighted sum of the series' terms from first to last-1."""
    if last - first == 1:
        if first == 0:
            return 1, 1, 13591409
        p = (6 * first - 5) * (2 * first - 1) * (6 * first - 1)
        q = first * first * first * 10939058860032000
        weight = p * (13591409 + 545140134 * first)
        return p, q, -weight if first & 1 else weight
    middle = (first + last) // 2
    p1, q1, t1 = terms(first, middle)
    p2, q2, t2 = terms(middle, last)
    return p1 * p2, q1 * q2, t1 * q2 + p1 * t2


def chudnovsky(digits):
    one = 10 ** (digits + 10)
    _, q, t = terms(0, digits // 14 + 2)
    return q * 426880 * isqrt(10005 * one * one) // t // 10 ** 10


def decimal(value):
    """Return the digits of value; str takes no more than 4300 at once, so they come in pieces."""
    pieces = []
    while value:
        value, piece = divmod(value, 10 ** 1000)
        pieces.append(f"{piece:01000}" if value else str(piece))
    return "".join(reversed(pieces))


def main(digits):
    slow = decimal(machin(digits))
    fast = decimal(chudnovsky(digits * 2))
    print(f"pidigits {len(slow)} {fast.startswith(slow)} {slow[-10:]} {fast[-10:]} {sum(map(int, fast))}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 24000)
