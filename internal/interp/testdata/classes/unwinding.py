# Exceptions on their way through handlers that only tidy up, and out of generators.
import sys

def trace(e):
    out, tb = [], e.__traceback__
    while tb:
        c = tb.tb_frame.f_code
        out.append((c.co_name, tb.tb_lineno - c.co_firstlineno, tb.tb_frame.f_lineno - c.co_firstlineno, sorted(k for k in tb.tb_frame.f_locals if k != 'e')))
        tb = tb.tb_next
    return out

def show(f, *a):
    try:
        f(*a)
    except BaseException as e:
        print(f.__name__, repr(e), repr(e.__context__), repr(e.__cause__))
        for line in trace(e)[1:]: print('   ', line)
    print('   handled', sys.exception())

class Ctx:
    def __init__(self, swallow=False): self.swallow = swallow
    def __enter__(self): return self
    def __exit__(self, *a):
        print('exit', a[0], repr(sys.exception()))
        return self.swallow

def plain(n):
    x = n
    raise ValueError(n)

def fin(n):
    try:
        plain(n)
    finally:
        y = n
        print('in', repr(sys.exception()))

def fins(n):
    try:
        try: fin(n)
        finally: z = 1
    finally:
        print('outer', repr(sys.exception()))

def again(n):
    try: fin(n)
    except KeyError: print('no')
    except ValueError: raise

def other(n):
    try: plain(n)
    except ValueError as e:
        raise KeyError(n)

def frm(n):
    try: plain(n)
    except ValueError as e:
        raise KeyError(n) from e

def infin(n):
    try: plain(n)
    finally: {}[n]

def withs(n):
    with Ctx() as a, Ctx() as b:
        plain(n)

def swallowed(n):
    with Ctx(True):
        try: plain(n)
        finally: print('f')
    print('handled', sys.exception())
    raise OSError(n)

def nested(n):
    try:
        try: plain(n)
        except ValueError:
            try: plain(n + 1)
            except KeyError: pass
    except ValueError as e:
        print('got', e, repr(e.__context__), repr(sys.exception()))
        try: raise
        finally: print('now', repr(sys.exception()))

def loop(n):
    for i in range(n):
        try: plain(i)
        except ValueError as e:
            try: e.x
            except AttributeError: continue
            finally: print('loop', i, repr(sys.exception()))
    raise IndexError(n)

for f in (plain, fin, fins, again, other, frm, infin, withs, swallowed, nested, loop): show(f, 3)

def gen(n):
    v = n
    yield 1
    plain(v)

def genfin(n):
    try:
        yield 1
        plain(n)
    finally: print('gen', repr(sys.exception()))

def genstop(n):
    yield 1
    raise StopIteration(n)

class Stop(StopIteration): pass

def genown(n):
    try: yield 1
    finally: raise Stop(n)

def deleg(n):
    w = 1
    yield from genfin(n)

def genraise(n):
    try:
        yield 1
        plain(n)
    except ValueError: raise

def use(g, n):
    kept = g(n)
    for x in kept: pass

def kept(g, n):
    it = g(n)
    next(it)
    try: next(it)
    finally: print(list(it), it.gi_frame, it.gi_running, it.gi_yieldfrom)

def sent(g, n):
    it = g(n); it.send(None)
    fr = it.gi_frame
    try: it.throw(TypeError(n))
    finally: print(fr.f_lineno - fr.f_code.co_firstlineno, sorted(fr.f_locals), it.gi_frame)

for g in (gen, genfin, genstop, genown, deleg, genraise):
    for f in (use, kept, sent):
        try:
            f(g, 7)
        except BaseException as e:
            print(f.__name__, g.__name__, repr(e), repr(e.__context__), repr(e.__cause__))
            for line in trace(e)[1:]: print('   ', line)
        print(sys.exception())

def inside(n):
    try: plain(n)
    except ValueError:
        try:
            for x in gen(n): pass
        except ValueError as e: print(repr(e), repr(e.__context__))
        print(repr(sys.exception()))
        yield 1
        print(repr(sys.exception()))
print(list(inside(4)), sys.exception())

async def co(n): plain(n)
async def cofin(n):
    try: await co(n)
    finally: print('co', repr(sys.exception()))
async def costop(n): raise StopIteration(n)
async def cosai(n): raise StopAsyncIteration(n)
async def ag(n):
    yield 1
    raise n
async def agfor(n):
    async for x in ag(n): print(x)
async def awith(n):
    with Ctx(): await cofin(n)
for c in (co(1), cofin(2), costop(3), cosai(4), agfor(StopAsyncIteration(5)), agfor(StopIteration(6)), agfor(ValueError(7)), awith(8)):
    try: c.send(None)
    except BaseException as e:
        print(c.__name__, repr(e), repr(e.__context__), repr(e.__cause__))
        for line in trace(e)[1:]: print('   ', line)
    print(c.cr_frame, sys.exception())

def many(n):
    s = 0
    for i in range(n):
        g = gen(i)
        try:
            for x in g: s += x
        except ValueError as e: s += e.args[0]
        h = genfin2(i)
        try: [x for x in h]
        except KeyError as e: s += e.args[0]
    return s
def genfin2(i):
    a = [i] * 3
    try:
        yield a
        {}[a[0]]
    finally: a.append(1)
print(many(3000))
