"""match statements: literals, sequences, mappings, classes, guards; a simplifier of formulas and a command language."""

import sys
from dataclasses import dataclass


@dataclass
class Num:
    value: int


@dataclass
class Var:
    name: str


@dataclass
class Op:
    sign: str
    left: object
    right: object


def simplify(node):
    match node:
        case Op(sign, left, right):
            match Op(sign, simplify(left), simplify(right)):
                case Op("+" | "-", inner, Num(0)) | Op("+", Num(0), inner):
                    return inner
                case Op("*", Num(0), _) | Op("*", _, Num(0)):
                    return Num(0)
                case Op("*", Num(1), inner) | Op("*", inner, Num(1)):
                    return inner
                case Op("+", Num(a), Num(b)):
                    return Num(a + b)
                case Op("*", Num(a), Num(b)):
                    return Num(a * b % 1009)
                case Op("-", a, b) if a == b:
                    return Num(0)
                case other:
                    return other
        case Num() | Var():
            return node


def build(depth, seed):
    if depth == 0:
        return Var("xyz"[seed % 3]) if seed % 4 == 0 else Num(seed % 3)
    sign = "+-*"[seed * 7 // 5 % 3]
    return Op(sign, build(depth - 1, seed * 5 + 1), build(depth - 1, seed * 3 + 2))


def size(node):
    match node:
        case Op(left=left, right=right):
            return 1 + size(left) + size(right)
        case _:
            return 1


def command(words, state):
    match words:
        case ["go", ("north" | "south" | "east" | "west") as way]:
            dx, dy = {"north": (0, 1), "south": (0, -1), "east": (1, 0), "west": (-1, 0)}[way]
            state["x"] += dx
            state["y"] += dy
        case ["take", name, *rest]:
            state["bag"].append(name)
            command(["take", *rest] if rest else ["look"], state)
        case ["drop", "all"]:
            state["bag"].clear()
        case ["drop", int(place)] if place < len(state["bag"]):
            del state["bag"][place]
        case ["look"] | []:
            state["looks"] += 1
        case [first, *_, last]:
            state["lost"] += len(first) if isinstance(first, str) else last


def event(message):
    match message:
        case {"type": "click", "at": (x, y), **rest} if x > y:
            return x * 2 + len(rest)
        case {"type": "click", "at": [x, y]}:
            return y
        case {"type": "key", "code": 13 | 27 as code}:
            return code
        case {"type": "key", "code": int() | float() as code}:
            return -int(code)
        case {"type": str(kind)}:
            return len(kind)
        case None | True | "" | (_, _):
            return 1
    return 0


def main(rounds):
    state = {"x": 0, "y": 0, "bag": [], "looks": 0, "lost": 0}
    commands = [
        ["go", "north"], ["go", "east"], ["take", "lamp", "key"], ["drop", 0], ["go", "nowhere", "fast"],
        ["look"], [3, 4, 5], ["drop", "all"], ["go", "south"], [],
    ]
    messages = [
        {"type": "click", "at": (3, 1), "button": 1}, {"type": "click", "at": [1, 2]}, {"type": "key", "code": 27},
        {"type": "key", "code": 65}, {"type": "scroll", "by": 3}, None, "", (1, 2), {"kind": "?"}, 5,
    ]
    total = nodes = 0
    for n in range(rounds):
        command(commands[n % 10], state)
        total += event(messages[n % 10])
        if n % 20 == 0:
            nodes += size(simplify(build(5, n)))
    print(f"matching {total} {nodes} {state['x']} {state['y']} {len(state['bag'])} {state['looks']} {state['lost']}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 130000)
