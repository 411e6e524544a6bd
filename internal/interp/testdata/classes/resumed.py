# Tracing begins while generators wait: where they go on is a call, whatever becomes of the value sent.
import sys
log = []
def tr(f, e, a):
    log.append((f.f_code.co_name, f.f_lineno - f.f_code.co_firstlineno, e))
    return tr
def g1():
    for i in range(2):
        x = yield i * 10
def g2():
    for i in range(2):
        x = yield i
def g3():
    x = yield 1
    x = yield 2
def g4():
    for i in range(2):
        yield i
def g5():
    for i in range(2):
        print((yield i))
async def g6():
    for i in range(2):
        yield i
async def g7():
    for i in range(2):
        x = yield i
async def g8():
        x = yield 1
        yield 2
for g in g1, g2, g3, g4, g5:
    log.clear()
    it = g(); next(it); sys.settrace(tr); next(it); sys.settrace(None); print(log)
    log.clear()
    it = g(); next(it); sys.settrace(tr); it.send(3); sys.settrace(None); print(log)
    def f():
        for x in it: sys.settrace(tr)
    log.clear(); it = g(); f(); sys.settrace(None); print(log)
for g in g6, g7, g8:
    async def f():
        async for x in g(): sys.settrace(tr)
    log.clear()
    try: f().send(None)
    except StopIteration: pass
    sys.settrace(None); print(log)
for g in g1, g3, g5, g4:
    log.clear()
    it = g(); next(it); sys.settrace(tr)
    try: it.throw(KeyError('k'))
    except KeyError as e:
        sys.settrace(None); print(log, e.__traceback__.tb_next.tb_lineno)
def h1():
    for y in (1, 2):
        try: x = yield 1
        except KeyError: x = 5
        finally: print('f', x)
    z = x = yield x
    return x, z
log.clear()
it = h1(); next(it); sys.settrace(tr)
it.throw(KeyError('k')); sys.settrace(None); it.send(7); sys.settrace(tr)
try: it.send(8)
except StopIteration as e: sys.settrace(None); print(e.value)
print(log)
