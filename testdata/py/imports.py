import os
import os.path
import os.path as p
import sys, re as r, json.decoder
from os import path
from os import path as q, sep
from os.path import (join,
                     split as s)
from . import sibling
from .. import parent
from .sub import thing as t
from ...far.away import *
import a.b.c.d as e


def f():
    import x.y.z
    import x.y as xy
    from x import y, z as w
    from .rel import v
    return x, xy, y, w, v
