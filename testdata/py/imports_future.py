"""With a docstring first."""
from __future__ import division, print_function
from __future__ import (absolute_import,
                        unicode_literals as ul)

print("text", b"bytes", 1 / 2, ul)


def f():
    return "text"
