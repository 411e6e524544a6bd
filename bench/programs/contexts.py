"""with statements: classes, generators as context managers, an exit stack, suppressed errors, nested resources."""

import sys
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress


class Resource:
    opened = 0
    closed = 0

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        Resource.opened += 1
        return self

    def __exit__(self, *details):
        self.close()

    def close(self):
        Resource.closed += 1


class Transaction:
    """Keeps the changes to a dict, or undoes them when the block fails."""

    def __init__(self, data):
        self.data = data

    def __enter__(self):
        self.before = dict(self.data)
        return self.data

    def __exit__(self, kind, error, trace):
        if kind is not None:
            self.data.clear()
            self.data.update(self.before)
        return kind is KeyError


@contextmanager
def indented(lines, depth):
    lines.append(depth + 1)
    try:
        yield depth + 1
    except ValueError:
        lines.append(-depth)
    finally:
        lines.append(depth)


def nest(lines, depth, limit):
    with indented(lines, depth) as deeper:
        if deeper < limit:
            nest(lines, deeper, limit)
        elif limit % 2:
            raise ValueError(limit)


def early(items, wanted):
    """Leave a loop and a function from within a with statement."""
    for item in items:
        with Resource(item) as resource:
            if resource.name == wanted:
                return item
            if item % 2:
                continue
    return None


def main(rounds):
    data = {"a": 0, "b": 0, "c": 0}
    lines, total = [], 0
    for n in range(rounds):
        with Transaction(data) as values:
            values["a"] += 1
            if n % 3 == 0:
                values["b"] += values["missing"]
            values["c"] += n
        with Resource("x") as x, closing(Resource("y")) as y, nullcontext(n) as z:
            total += len(x.name + y.name) + z
        with suppress(ZeroDivisionError, IndexError):
            total += 10 // (n % 4)
        if n % 8 == 0:
            with ExitStack() as stack:
                for i in range(4):
                    stack.enter_context(Resource(i))
                stack.callback(lines.append, n)
                kept = stack.pop_all()
            kept.close()
            nest(lines, 0, n // 8 % 5 + 1)
        total += early(range(6), n % 7) or 0
    print(f"contexts {total} {data} {sum(lines)} {len(lines)} {Resource.opened} {Resource.closed}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 110000)
