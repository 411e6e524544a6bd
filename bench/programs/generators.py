"""Generators: pipelines, send, yield from, expressions, and one closed before its end."""

import sys


def numbers(limit):
    n = 17
    for _ in range(limit):
        n = (n * 1309 + 13849) & 0xFFFF
        yield n


def keep(source, divisor):
    for n in source:
        if n % divisor:
            yield n


def windows(source, width):
    window = []
    for n in source:
        window.append(n)
        if len(window) == width:
            yield tuple(window)
            window.clear()


def averager():
    """Take numbers by send and give back the mean of all of them."""
    total = count = 0
    mean = None
    while True:
        value = yield mean
        if value is None:
            return total
        total += value
        count += 1
        mean = total // count


def walk(tree):
    if isinstance(tree, list):
        for branch in tree:
            yield from walk(branch)
    else:
        yield tree


def grow(depth, width):
    return [grow(depth - 1, width) for _ in range(width)] if depth else depth + width


def counting(log):
    """Count for ever; what closes it is written down."""
    n = 0
    try:
        while True:
            yield n
            n += 1
    finally:
        log.append(n)


def main(limit):
    checksum = sum(a ^ b ^ c for a, b, c in windows(keep(keep(numbers(limit), 3), 5), 3))

    mean = averager()
    next(mean)
    means = 0
    for n in numbers(limit):
        means += mean.send(n)
    try:
        mean.send(None)
    except StopIteration as stop:
        total = stop.value

    leaves = 0
    for _ in range(limit // 2000):
        leaves += sum(walk(grow(5, 3)))

    log = []
    for stop_at in range(limit // 100):
        counter = counting(log)
        for n in counter:
            if n >= stop_at % 50:
                break
        counter.close()
    squares = sum(n * n for n in range(limit) if n & 1)
    print(f"generators {checksum} {means} {total} {leaves} {sum(log)} {squares}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1300000)
