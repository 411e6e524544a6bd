# python >= 3.6
import sys


class C:
    if sys:
        a: int = 1
    else:
        b: str
    for x in ():
        c: x
    while 0:
        d: int
    with open(__file__) as f:
        e: f

    class D:
        g: "C"
        h: C = None
