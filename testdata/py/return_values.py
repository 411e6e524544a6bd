def a(): return
def b(): return None
def c(): return 1, 2
def d(): return (yield_)
def e(x): return x if x else None
def f(x):
    if x: return 1
def g(x):
    for y in x:
        return y
    else:
        return 0
def h(x):
    try:
        return 1
    except:
        return 2
def i(): return ()
def j(): return -1, "a", None, True
