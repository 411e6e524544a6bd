"""Primes: sieves with slices of a bytearray, with a list, and by steps; factors and gaps."""

import sys


def by_slices(limit):
    """Return the primes below limit."""
    flags = bytearray([1]) * limit
    flags[0:2] = b"\0\0"
    for n in range(2, int(limit ** 0.5) + 1):
        if flags[n]:
            flags[n * n::n] = bytes(len(range(n * n, limit, n)))
    return [n for n, flag in enumerate(flags) if flag]


def by_steps(limit):
    """The same one element at a time, odd numbers only."""
    flags = [True] * (limit // 2)
    primes = [2]
    for i in range(1, limit // 2):
        if flags[i]:
            n = 2 * i + 1
            primes.append(n)
            place = n * n // 2
            while place < limit // 2:
                flags[place] = False
                place += n
    return primes


def smallest_factors(limit):
    factors = list(range(limit))
    n = 2
    while n * n < limit:
        if factors[n] == n:
            for multiple in range(n * n, limit, n):
                if factors[multiple] == multiple:
                    factors[multiple] = n
        n += 1
    return factors


def totients(factors):
    """Add up how many smaller numbers have no divisor in common with n, for all n."""
    total = 0
    for n in range(1, len(factors)):
        count, rest = n, n
        while rest > 1:
            prime = factors[rest]
            count -= count // prime
            while rest % prime == 0:
                rest //= prime
        total += count
    return total


def gaps(primes):
    widest = twins = 0
    before = primes[0]
    for prime in primes:
        gap = prime - before
        if gap > widest:
            widest = gap
        if gap == 2:
            twins += 1
        before = prime
    return widest, twins


def main(limit):
    primes = by_slices(limit)
    same = primes == by_steps(limit)
    factors = smallest_factors(limit // 4)
    found = primes[: len(primes) // 2: 3]
    print(f"sieve {len(primes)} {primes[-1]} {same} {gaps(primes)} {totients(factors)} {sum(found)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2600000)
