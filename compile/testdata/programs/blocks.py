"""Control flow: every way out of every block."""


def loops(xs):
    for x in xs:
        for y in x:
            if y: break
            if x: continue
            return y
        else:
            continue
        break
    else:
        x = None
    while x:
        x -= 1
        while (y := x):
            if y > 3: break
        else:
            return
    while True:
        if x: return 1
        elif y: continue
        else: break
    for x.a, (x[0], *x[1:]) in xs: del x.a, x[0], (x[1], [x[2]])


def handlers(f):
    try: f()
    except ValueError: return 1
    except (KeyError, IndexError) as e: raise RuntimeError from e
    except OSError, EOFError: pass
    except: raise
    else: f(1)
    finally:
        try: f(2)
        finally: f(3)
    for x in f:
        try:
            if x: continue
            break
        finally:
            f(x)
    while f:
        try: return f()
        except* TypeError as group: group
        except* (ValueError, KeyError): pass
        else: break
        finally: del f
    try:
        try: raise
        except: f()
    except: pass
    try: return 1
    finally: f()


def managers(f):
    with f: pass
    with f as g: return g
    with f(1) as (a, b), f(2) as a.b, f(3): f(a, b)
    with (f(1) as a, f(2)): a()
    with (f): pass
    with (f, f) as a: pass
    for x in f:
        with x:
            if x: break
            if f: continue
            with f as x[0]: return x
    try:
        with f: f()
    finally:
        with f: f()


async def waiting(f):
    async with f as g, f: await g
    async for x in f:
        if x: break
        async with x: return
    else:
        await f
    return [x async for x in f if await x], {x: y async for x, y in f}, (await x for x in f)


async def generator(f):
    yield
    x = yield f
    async for y in f: yield x, y
    try: yield 1
    finally: await f


def delegating(f):
    x = yield from f
    return (yield x), [(yield)]


def dead(f):
    return 1
    f()
    while f: yield f


def jumps(a, b, c):
    if a and b or c and not a: return 1
    if not (a or b) and (c if a else b): return 2
    if a < b < c: return 3
    if not a < b <= c != a: return 4
    x = a and b or c
    x = a < b < c < x
    x = a if b else c if a else b
    assert a and b, c
    return None if a is None else b if a is not None else c
