"""What places of a file share shows in the reference flags of a .pyc."""
# Equal constants, in one function and in several; strings that look like names and
# such that do not; those that the interpreter has of its own: append, __main__, utf-8.
import os.path as path, sys
from os import path as other, sep

plain, text = "plain", "not a name"
NUMBERS = (1, 2.5, 3j, 256, 257, -5, -6, 10 ** 20, 1e308, -0.0, 0.0)


def plain(plain, text="not a name", *, append=256):
    """not a name"""
    return "plain", "not a name", "append", "utf-8", 257, -6, 2.5


def again(plain=257):
    return ("plain", ("not a name", ("append", 257))), b"", b"x", b"bytes", b"bytes"


def sets(x):
    return x in {"plain", "not a name", 1}, x in {1, 2, 257}, x not in {b"bytes", None, ...}


class append:
    plain: "not a name" = "plain"

    def plain(self, text):
        return lambda text: (text, self, "plain", __class__)

    def text(self, text):
        return lambda text: (text, self, "plain", __class__)


empty, one = (), ("plain",)
same = (1, 2), (1, 2), (1, 2.0), (1, True), (0.0, -0.0), ((1, 2), (1, 2))
keyword = plain(1, text=2, append=3)(text=2, append=3)
