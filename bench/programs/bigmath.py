"""Arithmetic beyond 64 bits: primality, keys of a toy cipher, greatest common divisors, fractions, square roots."""

import sys
from math import gcd, isqrt


def probably_prime(n):
    """Miller's test with the first primes as witnesses."""
    for small in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29):
        if n % small == 0:
            return n == small
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd >>= 1
        twos += 1
    for witness in (2, 3, 5, 7, 11):
        x = pow(witness, odd, n)
        if x in (1, n - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def next_prime(n):
    n |= 1
    while not probably_prime(n):
        n += 2
    return n


def cipher(bits, messages):
    """Encrypt and decrypt numbers; return how many came back."""
    p, q = next_prime(3 << bits), next_prime(5 << bits)
    modulus, order = p * q, (p - 1) * (q - 1)
    public = 65537
    while gcd(public, order) != 1:
        public += 2
    private = pow(public, -1, order)
    return sum(pow(pow(m, public, modulus), private, modulus) == m for m in messages)


def harmonic(n):
    """The sum of 1/k as a reduced fraction."""
    above, below = 0, 1
    for k in range(1, n + 1):
        above, below = above * k + below, below * k
        divisor = gcd(above, below)
        above //= divisor
        below //= divisor
    return above, below


def fibonacci(n):
    """By doubling."""
    a, b = 0, 1
    for bit in bin(n)[2:]:
        a, b = a * (2 * b - a), a * a + b * b
        if bit == "1":
            a, b = b, a + b
    return a


def mersenne(limit):
    """Exponents of Mersenne primes, by Lucas's test."""
    found = []
    for p in range(3, limit, 2):
        modulus, s = (1 << p) - 1, 4
        for _ in range(p - 2):
            s = (s * s - 2) % modulus
        if s == 0:
            found.append(p)
    return found


def main(size):
    primes = [next_prime(1 << bits) - (1 << bits) for bits in range(40, 40 + size // 2)]
    back = cipher(size * 2, range(2, 2 + size // 4))
    above, below = harmonic(size * 4)
    big = fibonacci(size * 200)
    factorial = 1
    for n in range(2, size * 8):
        factorial *= n
    root = isqrt(factorial)
    digits = sum(map(int, str(big % 10 ** 4000)))
    print(
        f"bigmath {sum(primes)} {back} {above % 1000003} {below.bit_length()} {digits} {factorial.bit_length()}"
        f" {root % 1000003} {mersenne(size * 3)[-1]} {-big // 7 % 1009} {hash(factorial) % 1009}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 280)
