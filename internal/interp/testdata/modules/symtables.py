# Module _symtable: the scopes of a text, as module symtable sees them.
import _symtable

TEXT = """
import os
x = 1
def f(a, /, b, *c, d=x, **e):
    global y
    nonlocal_ = [a for a in b if (last := a)]
    def g():
        nonlocal a
        a = os
        return b
    return g, nonlocal_
class C[T](object):
    z: int = 1
    def m(self): return __class__, self.__private
    type Alias[U] = T | U
lambda q: q + x
def outer():
    class Inner:
        v = 1
        def n(self): return v
    return Inner
async def co():
    async for i in i: await i
    yield i
"""


def show(t, depth):
    pad = "  " * depth
    print(f"{pad}{t.name} type={t.type} line={t.lineno} nested={t.nested}")
    for name in sorted(t.symbols):
        print(f"{pad}  {name} {t.symbols[name]:#x}")
    print(f"{pad}  varnames {t.varnames}")
    for c in t.children:
        show(c, depth + 1)


show(_symtable.symtable(TEXT, "text", "exec"), 0)
show(_symtable.symtable("a + b", "text", "eval"), 0)
show(_symtable.symtable("a = b", "text", "single"), 0)
for text, mode in (("def f(a, a): pass", "exec"), ("x = = 1", "exec"), ("x", "nonsense"), ("nonlocal x", "exec"), ("def f():\n x = 1\n global x", "exec")):
    try:
        _symtable.symtable(text, "text", mode)
    except Exception as e:
        print(type(e).__name__, e)
