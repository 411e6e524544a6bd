def leave(xs, f):
    for x in xs:
        try:
            if f(x): continue
            if f(x, 1): break
            return f(
                x)
        finally:
            f()
    while xs:
        try:
            f()
        except ValueError as e:
            if e: break
            continue
        except (KeyError, TypeError):
            return 1
        except:
            return
    for y in xs:
        with f(y) as z, f(z):
            if z: break
            if y: continue
            return y, z
        try:
            try:
                f()
            finally:
                with z:
                    return 3
        except* ValueError:
            f(1)
        else:
            f(2)
    try:
        pass
    except Exception as long_name:
        del long_name
        raise
    else:
        f(3)
    finally:
        try:
            f(4)
        finally:
            f(5)
    try: f(6)
    finally: f(7)


def groups(f):
    try:
        f()
    except* OSError as e:
        f(e)
    except* (ValueError,
             KeyError):
        f()
        raise
    except* f():
        pass
    finally:
        f(8)
    try:
        for x in f: pass
    except* A as a:
        for y in a:
            if y: break
            else: continue


async def manager(f):
    async with f: pass
    async with f() as a, a.b as (b, c), c as d[0]:
        return b
    for x in f:
        async with x:
            if x: continue
            break
    async with (
        f(1) as g,
        f(2),
    ):
        await g


with open(1) as a.b, open(2): pass
with (open(3)): x = 1
try:
    import x
except ImportError:
    x = None
def nested():
    try:
        try:
            return 1
        finally:
            return f()
    finally:
        for i in x:
            try: return
            finally: break
