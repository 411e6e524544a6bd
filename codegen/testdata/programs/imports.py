"""Imports."""
import a
import a.b
import a.b.c, d.e as f, g as h
import a.b.c.d as e
from a import b
from a.b import (
    c,
    d as e,
)
from . import f
from .. import g as h
from ...a import i
from a import *


def function():
    import a, b.c as d
    from e import f, g as h
    a()
    a.method()
    e.method()
    b.method(x=1)


class Class:
    import __a
    import __a.b, c.__d as __e
    from __f import __g, h as __i


a.method(), b.method(), k.method()
[a.method() for x in y]
