"""The way through a maze: A* with heapq, Dijkstra, breadth first with a deque; grids as lists of strings."""

import sys
from collections import deque
from heapq import heapify, heappop, heappush, heapreplace, merge, nsmallest

STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))


def maze(size, seed):
    """Return rows of a grid with walls (#), swamps (2 to 9) and free cells (1)."""
    rows = []
    for y in range(size):
        row = []
        for x in range(size):
            seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
            dice = (seed >> 16) % 20
            row.append("#" if dice < 5 else str(dice - 10) if dice > 11 else "1")
        rows.append("".join(row))
    for y in 0, 1, -2, -1:
        rows[y] = "11" + rows[y][2:-2] + "11"
    return rows


def shortest(grid, start, goal):
    """Return the cost of the cheapest way, its length, and how many cells were looked at."""
    size = len(grid)
    best = {start: 0}
    origin = {}
    queue = [(abs(goal[0] - start[0]) + abs(goal[1] - start[1]), 0, start)]
    seen = 0
    while queue:
        _, cost, cell = heappop(queue)
        if cost > best[cell]:
            continue
        seen += 1
        if cell == goal:
            length = 0
            while cell in origin:
                cell = origin[cell]
                length += 1
            return cost, length, seen
        x, y = cell
        for dx, dy in STEPS:
            nx, ny = x + dx, y + dy
            if 0 <= nx < size and 0 <= ny < size and grid[ny][nx] != "#":
                further = cost + int(grid[ny][nx])
                near = (nx, ny)
                if further < best.get(near, 1 << 30):
                    best[near] = further
                    origin[near] = cell
                    heappush(queue, (further + abs(goal[0] - nx) + abs(goal[1] - ny), further, near))
    return -1, 0, seen


def distances(grid, start):
    """The number of steps to each cell, swamps or not, in one flat list."""
    size = len(grid)
    found = [-1] * (size * size)
    found[start] = 0
    queue = deque([start])
    while queue:
        cell = queue.popleft()
        y, x = divmod(cell, size)
        for dx, dy in STEPS:
            nx, ny = x + dx, y + dy
            if 0 <= nx < size and 0 <= ny < size:
                near = ny * size + nx
                if found[near] < 0 and grid[ny][nx] != "#":
                    found[near] = found[cell] + 1
                    queue.append(near)
    return found


def heaps(values):
    heap = values[: len(values) // 2]
    heapify(heap)
    total = 0
    for value in values[len(values) // 2:]:
        total = (total * 7 + heapreplace(heap, value)) % 10007
    return total + sum(nsmallest(10, values)) + sum(list(merge(sorted(heap), range(100)))[:50])


def main(size):
    checks = []
    for seed in range(1, 6):
        grid = maze(size, seed * 77)
        cost, length, seen = shortest(grid, (0, 0), (size - 1, size - 1))
        steps = distances(grid, 0)
        checks.append((cost, length, seen, max(steps), sum(steps) % 10007, heaps([s * 37 % 1009 for s in steps])))
    print("astar", *checks)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 240)
