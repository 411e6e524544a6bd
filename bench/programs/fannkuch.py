"""Pancakes: flip the top of each permutation until a 0 lies on it; lists of small ints."""

import sys


def permutations(n):
    """Yield one list again and again, in all orders of 0 to n-1, by rotating its beginning."""
    order = list(range(n))
    turns = [0] * n
    while True:
        yield order
        depth = 1
        while depth < n:
            first = order[0]
            for i in range(depth):
                order[i] = order[i + 1]
            order[depth] = first
            turns[depth] += 1
            if turns[depth] <= depth:
                break
            turns[depth] = 0
            depth += 1
        else:
            return


def flips(order):
    """Return how often the pile must be flipped."""
    pile = order[:]
    count = 0
    top = pile[0]
    while top:
        low, high = 0, top
        while low < high:
            pile[low], pile[high] = pile[high], pile[low]
            low += 1
            high -= 1
        count += 1
        top = pile[0]
    return count


def main(n):
    most = checksum = 0
    sign = 1
    for number, order in enumerate(permutations(n)):
        if order[0]:
            count = flips(order)
            if count > most:
                most = count
            checksum += sign * count * (number % 7)
        sign = -sign
    print(f"fannkuch {n} {most} {checksum}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
