"""Queens that leave each other alone: recursive generators, sets, and once more with bits."""

import sys


def placements(n, row=0, columns=frozenset(), rising=frozenset(), falling=frozenset()):
    """Yield the columns of the queens of rows row to n-1, last row first."""
    if row == n:
        yield ()
        return
    for column in range(n):
        if column not in columns and row + column not in rising and row - column not in falling:
            for rest in placements(n, row + 1, columns | {column}, rising | {row + column}, falling | {row - column}):
                yield rest + (column,)


def search(n, board, row):
    """Count the placements by trying a list of columns."""
    if row == n:
        return 1
    count = 0
    for column in range(n):
        for earlier in range(row):
            distance = board[earlier] - column
            if distance == 0 or distance == row - earlier or distance == earlier - row:
                break
        else:
            board[row] = column
            count += search(n, board, row + 1)
    return count


def bits(full, columns, left, right):
    """Count the placements with one bit a column."""
    if columns == full:
        return 1
    count = 0
    free = full & ~(columns | left | right)
    while free:
        queen = free & -free
        free ^= queen
        count += bits(full, columns | queen, (left | queen) << 1, (right | queen) >> 1)
    return count


def main(n):
    weight = 0
    for number, placement in enumerate(placements(n - 1)):
        weight += (number + 1) * sum([i * c for i, c in enumerate(placement)])
    print(f"queens {n} {weight} {search(n, [0] * n, 0)} {bits((1 << n) - 1, 0, 0, 0)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
