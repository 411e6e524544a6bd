"""Closures: cells read and changed, decorators, currying, composition, functions made in a loop."""

import sys


def counter(step):
    count = 0

    def up():
        nonlocal count
        count += step
        return count

    def down(amount=1):
        nonlocal count
        count -= amount
        return count

    return up, down, lambda: count


def compose(*functions):
    def run(x):
        for function in functions:
            x = function(x)
        return x

    return run


def remembered(function):
    """Keep the results of a function of one argument."""
    known = {}

    def wrapper(n):
        if n not in known:
            known[n] = function(n)
        return known[n]

    wrapper.known = known
    return wrapper


def counted(limit):
    """A decorator with an argument: refuse calls beyond the limit."""

    def decorate(function):
        calls = 0

        def wrapper(*args, **kwargs):
            nonlocal calls
            calls += 1
            return function(*args, **kwargs) if calls <= limit else -1

        return wrapper

    return decorate


def curry(a):
    return lambda b: lambda c: lambda d: a * b + c * d


def fold(function, values, start):
    for value in values:
        start = function(start, value)
    return start


def church(n):
    """The number n as a function that applies another n times."""

    def numeral(function):
        def apply(x):
            for _ in range(n):
                x = function(x)
            return x

        return apply

    return numeral


def main(rounds):
    up, down, now = counter(3)
    adders = [lambda x, n=n: x + n for n in range(8)]
    pipeline = compose(*adders, lambda x: x & 0xFFFF)

    @remembered
    def collatz(n):
        return 0 if n == 1 else 1 + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)

    @counted(rounds // 2)
    def area(width, *, height=2):
        return width * height

    total = 0
    for n in range(1, rounds):
        up()
        down(amount=n & 1)
        total += pipeline(n) + area(n, height=3) + curry(n)(2)(3)(4)
        if n % 16 == 0:
            total += fold(lambda a, b: a ^ b + n, range(16), 0)
            total += church(12)(lambda x: x + n)(0)
        if n % 4 == 0:
            total += collatz(n)
    print(f"closures {total} {now()} {len(collatz.known)} {len(area.__closure__)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400000)
