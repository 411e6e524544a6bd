"""A module with one of each that all versions have."""
import os as system
from math import pi, e

LIMIT = 10 ** 20
NAMES = ("a", "b", u"\u00e9", b"\xff", 1.5, 2j, None, True, -1)


class Shape(object):
    sides = 0

    def area(self, *args, **kw):
        """Nothing yet."""
        def scaled(factor):
            return factor * sum(args) * self.sides
        return [scaled(x) for x in kw.values() if x in (1, 2, 3)]


try:
    print(system.name, Shape().area(1, 2, x=3))
except (ValueError, TypeError) as err:
    LIMIT = err
