"""JSON: made-up records written and read, compact and indented, with unicode, hooks and errors."""

import json
import sys


def record(n):
    seed = n * 2654435761 % 4294967296
    return {
        "id": n,
        "name": f"user {n}",
        "greeting": ("hello", "grüße", "“quoted”\n", "tab\t\\", "日本", "😀")[n % 6],
        "active": n % 3 == 0,
        "score": seed / 1024,
        "ratio": n / 7,
        "parent": None if n % 5 else n // 5,
        "tags": [f"t{(seed >> shift) % 50}" for shift in range(0, 20, 5)],
        "position": {"x": seed % 1000, "y": -(seed % 777), "path": [[i, i * i] for i in range(n % 6)]},
    }


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


def encode(value):
    if isinstance(value, Point):
        return {"x": value.x, "y": value.y, "point": True}
    raise TypeError(value)


def decode(members):
    return Point(members["x"], members["y"]) if "point" in members else members


def total(value):
    """Add up all that is a number or has a length, however deep."""
    match value:
        case bool() | None:
            return 1
        case int() | float():
            return int(value)
        case str():
            return len(value)
        case list():
            return sum([total(item) for item in value])
        case dict():
            return sum([len(key) + total(item) for key, item in value.items()])
    return value.x + value.y


def main(count):
    records = [record(n) for n in range(count)]
    text = json.dumps(records)
    checks = [len(text), total(json.loads(text))]
    for n in range(0, count, 2):
        line = json.dumps(records[n], separators=(",", ":"), sort_keys=True, ensure_ascii=False)
        checks[0] += len(line)
        checks[1] += json.loads(line) == records[n]
    pretty = json.dumps(records[: count // 4], indent=2)
    checks += [len(pretty), pretty.count("\n"), len(json.loads(pretty.encode()))]
    points = [Point(n, -2 * n) for n in range(count)]
    back = json.loads(json.dumps({"points": points}, default=encode), object_hook=decode)
    checks.append(total(back["points"]))
    wrong = 0
    for n in range(count // 10):
        try:
            json.loads(text[: 50 + n])
        except json.JSONDecodeError as error:
            wrong += error.pos
    checks.append(wrong)
    numbers = json.loads("[" + ",".join([f"{n}.5e{n % 9}" for n in range(count)]) + "]")
    checks.append(int(sum(numbers)))
    print("jsondata", *checks)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 24000)
