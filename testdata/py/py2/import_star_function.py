def f():
    from os import *
    return path
def g():
    import os.path
    exec "x = 1"
    return os, x
from os import *
