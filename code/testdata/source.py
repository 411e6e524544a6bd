"""Source of the golden files of package code; every version can compile it."""
import sys


def closure(a, b=1, *rest, **named):
    total = a

    def inner(x):
        return x + total + b

    return [inner(y) for y in rest], lambda: named


class Shape(object):
    sides = 4

    def name(self):
        return "%s %d" % (
            self.__class__.__name__,
            self.sides,
        )


def lines(x,
          y):
    call = max(
        x,

        y
    )
    return (call
            if x else
            None)


def handlers(path):
    try:
        with open(path) as f:
            for line in f:
                if line:
                    continue
                yield line
    except (IOError, OSError):
        print(path)
    finally:
        sys.stdout.flush()
        while path:
            path = path[1:]
            if path == "stop":
                break
    return


def far(n):
    while n:
        n = n + 0 - 1 * 2 // 3
        n = n + 4 - 5 * 6 // 7
        n = n + 8 - 9 * 10 // 11
        n = n + 12 - 13 * 14 // 15
        n = n + 16 - 17 * 18 // 19
        n = n + 20 - 21 * 22 // 23
        n = n + 24 - 25 * 26 // 27
        n = n + 28 - 29 * 30 // 31
        n = n + 32 - 33 * 34 // 35
        n = n + 36 - 37 * 38 // 39
        n = n + 40 - 41 * 42 // 43
        n = n + 44 - 45 * 46 // 47
        n = n + 48 - 49 * 50 // 51
        n = n + 52 - 53 * 54 // 55
        n = n + 56 - 57 * 58 // 59
        n = n + 60 - 61 * 62 // 63
        if n > 1000:
            return n











































































































































        n -= 1
    return None
