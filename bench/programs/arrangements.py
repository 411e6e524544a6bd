"""Arrangements: permutations and combinations by generators, kept in tuples and sets made of them."""

import sys
from itertools import permutations


def arrange(items):
    """Yield the permutations of items in lexicographic order of positions."""
    items = tuple(items)
    order = list(range(len(items)))
    while True:
        yield tuple(items[i] for i in order)
        i = len(order) - 2
        while i >= 0 and order[i] >= order[i + 1]:
            i -= 1
        if i < 0:
            return
        j = max(j for j in range(i + 1, len(order)) if order[j] > order[i])
        order[i], order[j] = order[j], order[i]
        order[i + 1:] = reversed(order[i + 1:])


def queens(size):
    """Count the placements of queens, by what their diagonals have in common."""
    columns = range(size)
    return sum(
        len(set(row + place[row] for row in columns)) == size == len(set(row - place[row] for row in columns))
        for place in arrange(columns)
    )


def subsets(items, size):
    if size == 0:
        yield ()
        return
    for i in range(len(items) - size + 1):
        for rest in subsets(items[i + 1:], size - 1):
            yield (items[i], *rest)


def puzzle(words, total):
    """Find digits for letters so that the sum of the words is the total."""
    letters = sorted(set("".join(words) + total))
    firsts = {word[0] for word in words + [total]}
    weights = {letter: 0 for letter in letters}
    for word in words:
        for i, letter in enumerate(reversed(word)):
            weights[letter] += 10 ** i
    for i, letter in enumerate(reversed(total)):
        weights[letter] -= 10 ** i
    factors = [weights[letter] for letter in letters]
    leading = [i for i, letter in enumerate(letters) if letter in firsts]
    for tried, digits in enumerate(permutations(range(10), len(letters))):
        if not sum(a * b for a, b in zip(factors, digits)) and all(digits[i] for i in leading):
            return tried, dict(zip(letters, digits))


def main(size):
    placed = [queens(n) for n in range(1, size)]
    triples = sum(a * b % c == 0 for a, b, c in subsets(list(range(2, size * 9)), 3))
    found = puzzle(["to", "go"], "out") if size < 10 else puzzle(["two", "two"], "four")
    print(f"arrangements {placed} {triples} {found}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
