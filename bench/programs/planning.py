"""Decisions under uncertainty: dicts of tuples, sums of products, fractions, memoized games."""

import sys
from collections import defaultdict
from fractions import Fraction
from functools import lru_cache

MOVES = {"n": (0, -1), "s": (0, 1), "e": (1, 0), "w": (-1, 0)}
SIDES = {"n": "ew", "s": "ew", "e": "ns", "w": "ns"}


def world(size):
    """Return what actions lead to: state -> action -> list of (probability, state, reward)."""
    walls = {(x, y) for x in range(size) for y in range(size) if (x * 7 + y * 5) % 11 == 0}
    goal = size - 1, size - 1
    states = {(x, y) for x in range(size) for y in range(size)} - walls | {goal}

    def to(state, move):
        x, y = state
        dx, dy = MOVES[move]
        target = x + dx, y + dy
        return target if target in states else state

    results = {}
    for state in states:
        if state == goal:
            results[state] = {}
            continue
        results[state] = {
            move: [(p, target := to(state, way), 10.0 if target == goal else -0.1)
                   for p, way in [(0.8, move), (0.1, SIDES[move][0]), (0.1, SIDES[move][1])]]
            for move in MOVES
        }
    return results


def iterate(results, rounds, discount=0.95):
    """Return the values of states after some rounds, and the best actions."""
    values = dict.fromkeys(results, 0.0)
    for _ in range(rounds):
        values = {
            state: max((sum(p * (reward + discount * values[target]) for p, target, reward in outcomes)
                        for outcomes in actions.values()), default=0.0)
            for state, actions in results.items()
        }
    best = {}
    for state, actions in results.items():
        ranked = sorted(actions, key=lambda move: (-sum(p * (r + discount * values[t]) for p, t, r in actions[move]), move))
        best[state] = ranked[0] if ranked else "."
    return values, best


@lru_cache(maxsize=None)
def chance(need, dice):
    """Return the probability to throw at least so much with so many dice, exactly."""
    if dice == 0:
        return Fraction(need <= 0)
    return sum((chance(need - face, dice - 1) for face in range(1, 7)), Fraction(0)) / 6


def nim(heaps):
    """Return which positions of a game the first player wins."""
    wins = {}

    def play(position):
        if position not in wins:
            wins[position] = not all(
                play(tuple(sorted(position[:i] + (left,) + position[i + 1:])))
                for i, heap in enumerate(position) for left in range(heap)
            )
        return wins[position]

    play(tuple(sorted(heaps)))
    return wins


def main(size):
    values, best = iterate(world(size), size * 2)
    moves = defaultdict(int)
    for move in best.values():
        moves[move] += 1
    chance.cache_clear()
    odds = [chance(n * 3, n) for n in range(1, size)]
    wins = nim((size // 2, size // 3, size // 4, 3))
    print(f"planning {sum(values.values()):.6f} {sorted(moves.items())} {sum(odds)} {sum(wins.values())} {len(wins)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
