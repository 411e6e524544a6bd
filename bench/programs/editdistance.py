"""Tables filled in by dynamic programming: edit distance, common subsequence, knapsack, alignment of lines."""

import sys


def word(seed, length):
    letters = []
    for _ in range(length):
        seed = (seed * 16807) % 2147483647
        letters.append("abcde"[seed % 5])
    return "".join(letters)


def distance(a, b):
    """How many letters must change, appear or disappear."""
    before = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = before[j - 1] + (x != y)
            if before[j] + 1 < cost:
                cost = before[j] + 1
            if row[-1] + 1 < cost:
                cost = row[-1] + 1
            row.append(cost)
        before = row
    return before[-1]


def common(a, b):
    """Return one longest sequence of letters that both have."""
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            if a[i] == b[j]:
                table[i][j] = 1 + table[i + 1][j + 1]
            else:
                table[i][j] = max(table[i + 1][j], table[i][j + 1])
    letters, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            letters.append(a[i])
            i += 1
            j += 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return "".join(letters)


def knapsack(items, room):
    best = [0] * (room + 1)
    for weight, value in items:
        for left in range(room, weight - 1, -1):
            if best[left - weight] + value > best[left]:
                best[left] = best[left - weight] + value
    return best[room]


def longest_rise(values):
    """The length of the longest rising subsequence."""
    ends = []
    for value in values:
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) >> 1
            if ends[middle] < value:
                low = middle + 1
            else:
                high = middle
        ends[low:low + 1] = [value]
    return len(ends)


def main(size):
    a, b = word(3, size), word(8, size + 20)
    items = [(3 + n * 7 % 23, 10 + n * 13 % 37) for n in range(40)]
    shared = common(a, b)
    rise = longest_rise([n * 7919 % 10007 for n in range(size * 10)])
    print(f"editdistance {distance(a, b)} {len(shared)} {shared[:20]} {knapsack(items, size * 8)} {rise}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1500)
