"""Variables set in place in contexts that nobody has copied since: copies, resets, comparisons that change what they compare, more than one node."""
import _contextvars
from _contextvars import *
vs = [ContextVar('v%d' % i, default=-i) for i in range(60)]
def show(c): return sorted((k.name, v) for k, v in c.items())
a = copy_context()
def work():
    toks = [v.set(i) for i, v in enumerate(vs)]
    b = copy_context(); c = b.copy()
    assert b == c and len(b) == 60
    vs[3].set('x'); toks[5].var.reset(toks[5])
    print(len(b), b[vs[3]], b[vs[5]], vs[3].get(), vs[5].get(), vs[5] in copy_context())
    def inb():
        t = vs[7].set('b7'); vs[9].set('b9'); d = copy_context(); vs[7].reset(t)
        return d[vs[7]], vs[7].get(), d[vs[9]]
    print(b.run(inb), b[vs[7]], b[vs[9]], c[vs[9]], vs[9].get())
    for i, k in list(enumerate(toks)):
        if i != 5: vs[i].reset(k)
    print(len(copy_context()), [v.get() for v in vs][:8], show(c)[:3], b == c)
    try: vs[0].reset(toks[0])
    except RuntimeError as e: print(e.args[0][-27:])
a.run(work)
print(len(a), show(a))
a.run(lambda: [vs[i].set(i) for i in range(3)])
print(show(a)); keys = iter(a); a.run(vs[9].set, 1); print(len(list(keys)))
with_tok = ContextVar('w')
def w():
    with with_tok.set(1): print(with_tok.get(), len(copy_context()))
    print(with_tok.get('none'), len(copy_context()))
copy_context().run(w)
class E:
    def __eq__(self, o):
        for v in vs: v.set(0)
        for i in range(30): del_tok.append(vs[i].set(1))
        for t in del_tok[::-1]: t.var.reset(t)
        del_tok.clear()
        return True
del_tok = []
def eq():
    x = copy_context(); y = copy_context()
    for c in (x, y): c.run(lambda: [v.set(E()) for v in vs])
    return x == y, x.run(lambda: x == y), len(x), y.run(lambda: x == y), len(y)
print(eq())
def nested():
    c1, c2 = copy_context(), copy_context()
    def g(): vs[0].set('c2'); return vs[0].get()
    def f():
        vs[0].set('c1'); r = c2.run(g); return r, vs[0].get()
    return c1.run(f), vs[0].get(), c1[vs[0]], c2[vs[0]]
print(nested())
def miss():
    v = ContextVar('m'); t = v.set(1); c = copy_context(); v.reset(t)
    try: v.get()
    except LookupError: print('gone', c[v], v in copy_context())
    t2 = v.set(2); print(v.get(), t2.old_value is Token.MISSING); v.reset(t2)
    try: v.get()
    except LookupError: print('gone')
miss()
