"""A module's docstring."""
from __future__ import annotations

import os, os.path as p
from . import a
from ..b.c import (d as e, f)
from g import *


@decorator
@another(1, *args, key=value, **rest)
class Widget[T: int = str, *Ts, **P](Base, metaclass=Meta):
    """A class's docstring."""

    field: int
    (other): str = 'x'
    self.attr: list[int] = []

    def method(self, a, /, b: int = 1, *args: str, c, d=2, **kw: dict) -> None:
        """A function's docstring."""
        global g1, g2
        return

    async def coroutine(self):
        nonlocal n
        async for x in y:
            await x
        else:
            pass
        async with a as b, c:
            yield 1
        return [x async for x in y if x if not y]


type Alias[K, V] = dict[K, V]

x = y = 1, 2  # type: tuple
x += 1; x -= 1; x *= 1; x @= 1; x /= 1; x %= 1; x &= 1; x |= 1; x ^= 1; x <<= 1; x >>= 1; x **= 1; x //= 1
del x, y[0], z.a
assert x, 'message'
raise ValueError from None

for i, *j in range(3):  # type: int
    if i:
        continue
    elif j:
        break
    else:
        pass
else:
    ...

while not done: done = True
else: print()

try:
    raise
except (A, B) as e:
    pass
except C:
    pass
except:
    pass
else:
    pass
finally:
    pass

try: pass
except* A: pass

with a, b as c, (d): pass
with (a as b, c as d):  # type: int
    pass

match subject:
    case 0 | -1 | 1.5 | -2j | 1 + 2j | -1 - 2j: pass
    case 'a' 'b' | b'c' | None | True: pass
    case [a, *_, 1] | (a, *rest): pass
    case {'k': v, 1: _, **others}: pass
    case {}: pass
    case Point(x=0, y=[1, _]) if x > 1: pass
    case module.CONST: pass
    case (1 | 2) as z: pass
    case other: pass
