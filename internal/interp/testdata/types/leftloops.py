# A generator that only a loop knows ends where the loop is left: what its finally clauses do is done there.
import sys
log = []
kept = []



def g(name, n=3):
    try:
        for i in range(n):
            yield i
    finally:
        log.append(name)



def both(a):
    yield 0
    yield from g(a)



def bad():
    try:
        yield 1
    finally:
        1 / 0



def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            log.append('no')



def f():
    for x in g('a'):
        for y in g('b'):
            if y:
                break
        log.append(('x', x))
        if x:
            return log.append('ret') or x



def h():
    for x in g('outer'):
        try:
            for y in g('inner'):
                if y == 1:
                    continue
                if y == 2:
                    break
        finally:
            log.append('fin')
    else:
        log.append('else')



def w():
    for x in both('sub'):
        if x == 1:
            break
    log.append('after')
f()
h()
w()
print(log)
log.clear()
for x in g('mod'):
    break
log.append('x')



def k():
    for x in bad():
        break
    log.append('bad done')
sys.unraisablehook = lambda u: log.append((type(u.exc_value).__name__, u.err_msg if u.err_msg is None else u.err_msg[:30]))
k()
print(log)
log.clear()



class It:

    def __iter__(self):
        try:
            yield 1
            yield 2
        finally:
            log.append('it')
for x in It():
    break
log.append('-')



def own():
    kept.append(sys._getframe().f_generator)
    try:
        yield 7
        yield 8
    finally:
        log.append('own')
for x in own():
    break
log.append('kept')
print(log, next(kept[0]), kept[0].gi_frame is None)
log.clear()
print(log)
log.clear()



class Manager:

    def __enter__(self):
        log.append('in')
        return 5

    def __exit__(self, *exc):
        log.append(exc[0].__name__)


def ctx():

    def gen():
        with Manager() as v:
            yield v
            yield v
    for x in gen():
        break
    log.append('left')
ctx()
print(log)
log.clear()


def many():
    for i in range(5):
        for x in (a for a in range(10)):
            if x == i:
                break
        for y in g(str(i)):
            if y == 1:
                break
    return [tuple((a * i for a in range(3))) for i in range(3)]
print(many(), log)
log.clear()



def exits():
    for x in g('q'):
        for y in g('r'):
            for z in g('s'):
                return (x, y, z)
print(exits(), log)
log.clear()



def wh():
    it = g('held')
    for x in it:
        break
    log.append('still')
    r = list(it)
    log.append(r)
wh()
print(log)
log.clear()



def live():
    yield from (x for x in range(3))
for x in live():
    for y in live():
        if y == x:
            break
    print(x, y)



def exc_info():
    try:
        1 / 0
    except ZeroDivisionError:
        for x in g2():
            break
        print(sys.exc_info()[0])



def g2():
    try:
        yield 1
    finally:
        log.append(sys.exc_info()[0].__name__)
exc_info()
print(log)
log.clear()



def rec(n):
    for x in (y for y in range(n)):
        for z in rec(n - 1):
            if z:
                break
        yield x
print(list(rec(4)), list(rec(3)))
