"""Exceptions: raised and caught near and far, through finally and with, chained, in groups, and not at all."""

import sys


class BadNumber(ValueError):
    def __init__(self, number, reason):
        super().__init__(number, reason)
        self.number = number


class Unlucky(BadNumber):
    pass


def check(n):
    if n % 13 == 0:
        raise Unlucky(n, "thirteen")
    if n % 7 == 0:
        raise BadNumber(n, "seven")
    return n


def near(n):
    try:
        return check(n)
    except Unlucky as error:
        return -error.number
    except BadNumber:
        return 0


def sink(level, n, log):
    """Raise below level frames, each of which has something to tidy up."""
    if level == 0:
        raise KeyError(n)
    try:
        sink(level - 1, n, log)
    finally:
        log[0] += 1


class Guard:
    """A context manager that swallows errors of odd numbers."""

    swallowed = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is ZeroDivisionError and error.args:
            Guard.swallowed += 1
            return True


def translate(n):
    try:
        try:
            return [1, 2, 3][n % 5]
        except IndexError as error:
            raise BadNumber(n, "index") from error
    except BadNumber as error:
        return len(str(error.__cause__)) + (error.__cause__.__traceback__ is not None)


def groups(n):
    caught = 0
    try:
        raise ExceptionGroup("some", [TypeError(n), ValueError(n), OSError(n)])
    except* (TypeError, ValueError) as group:
        caught += len(group.exceptions)
    except* OSError:
        caught += 10
    return caught


def lookup(table, key):
    """Ask forgiveness of builtin types, which raise by themselves."""
    try:
        return table[key]
    except KeyError:
        pass
    try:
        return int(key)
    except ValueError:
        pass
    try:
        return key.missing
    except AttributeError:
        return len(key)


def main(rounds):
    log = [0]
    table = {"a": 1}
    total = deep = cause = grouped = found = 0
    for n in range(rounds):
        total += near(n)
        if n % 10 == 0:
            try:
                sink(n % 40, n, log)
            except LookupError as error:
                deep += error.args[0]
        with Guard():
            total += 100 // (n & 3)
        cause += translate(n)
        if n % 8 == 0:
            grouped += groups(n)
        found += lookup(table, ("a", "17", "word")[n % 3])
    print(f"exceptions {total} {deep} {log[0]} {Guard.swallowed} {cause} {grouped} {found}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300000)
