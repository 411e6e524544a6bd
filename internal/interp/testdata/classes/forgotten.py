"""Exceptions that nobody sees: what programs can still see of those that somebody does."""
import sys

D = {}


class Own(Exception):
    pass


class Init(Exception):
    kept = []

    def __init__(self, *a):
        self.kept.append(self)


class New(Exception):
    kept = []

    def __new__(cls, *a):
        e = super().__new__(cls, *a)
        cls.kept.append(e)
        return e


def depth(e):
    n, names = 0, []
    tb = e.__traceback__
    while tb:
        names.append(tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    return names


def quiet(d, k):
    try:
        return d[k]
    except KeyError:
        pass
    return 'none'


def constants(d, k):
    x = y = 'unset'
    try:
        return d[k]
    except KeyError:
        x = None
        y = 7
    return x, y


def several(f):
    for i in range(3):
        try:
            f()
        except (KeyError, IndexError):
            continue
        except ZeroDivisionError:
            return 'zero'
        except (ValueError, TypeError, AttributeError):
            return 'other'
        except:
            return 'any'
    return 'went on'


def raiser(e):
    raise e


def made(cls):
    raise cls('made')


def stored(cls):
    e = cls('stored')
    raise e


def inner(f, *a):
    return f(*a)


def catch(f, *a):
    try:
        inner(f, *a)
    except Exception:
        return 'caught'


print(quiet(D, 1), quiet({1: 2}, 1), constants(D, 1))
print([several(f) for f in (lambda: D[1], lambda: [][1], lambda: 1 // 0, lambda: int('x'), lambda: D.x, lambda: raiser(Own))])
e = ValueError('mine')
print(catch(raiser, e), depth(e), e.__context__)
print(catch(raiser, e), depth(e))
for cls in (ValueError, Own, Init, New):
    print(catch(made, cls), catch(stored, cls))
print([depth(e) for e in Init.kept], [depth(e) for e in New.kept])


def handled():
    try:
        D['first']
    except KeyError:
        quiet(D, 'second')
        print(repr(sys.exception()))
        try:
            [][3]
        except IndexError:
            pass
        print(repr(sys.exception()), depth(sys.exception()))
        try:
            made(Own)
        except Own as e:
            print(repr(e), repr(e.__context__), depth(e))
    print(sys.exception())


handled()


def ends():
    seen = []

    def f():
        try:
            D['x']
        finally:
            seen.append(depth(sys.exception()))
    try:
        f()
    except KeyError:
        pass
    return seen


print(ends())


def generate():
    try:
        yield D['x']
    except KeyError:
        pass
    yield 1
    D['y']


g = generate()
print(next(g), quiet(type('T', (), {'__getitem__': lambda s, k: next(g)})(), 1))
g = generate()
next(g)
try:
    g.throw(e)
except ValueError as x:
    print(x is e, depth(e)[-2:])


class Broken:
    def __getitem__(self, k):
        raise KeyError(k)

    def __getattr__(self, n):
        raise AttributeError(n)

    def __lt__(self, o):
        raise Own


b = Broken()
print(quiet(b, 1), hasattr(b, 'x'), getattr(b, 'x', 'default'), catch(sorted, [b, b]))


def notclass():
    global Own2
    Own2 = Own
    for i in range(2):
        try:
            try:
                raise Own
            except Own2:
                print('own')
            Own2 = 5
        except TypeError as e:
            print(e, repr(e.__context__), depth(e.__context__))


notclass()


def wrong():
    try:
        raise Own('text')
    except KeyError:
        pass


try:
    wrong()
except Own as e:
    print(repr(e), depth(e), [tb.tb_lineno for tb in (e.__traceback__, e.__traceback__.tb_next)])


def count(n):
    try:
        if n:
            return count(n - 1)
        D['deep']
    except IndexError:
        pass


try:
    count(5)
except KeyError as e:
    print(depth(e))


def watch(frame, event, arg):
    if event == 'exception' and frame.f_code.co_name == 'quiet':
        print('traced', arg[0].__name__, depth(arg[1]))
    return watch


sys.settrace(watch)
quiet(D, 1)
sys.settrace(None)


def loop():
    i = 0
    while True:
        try:
            i += 1
            if i == 5:
                break
            D[i]
        except KeyError:
            continue
    try:
        raise StopIteration
    except StopIteration:
        pass
    try:
        next(iter(()))
    except StopIteration:
        return i


print(loop())


# Clauses that do more: who looks, sees it all.
def look():
    e = sys.exception()
    return repr(e), depth(e), [tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno for tb in (e.__traceback__,)]


def more(k):
    try:
        return D[k]
    except KeyError:
        x = [look(), quiet(D, 'other'), look()]
        return x


def never(k):
    try:
        return D[k]
    except KeyError:
        x = [k]
        x.append(quiet(D, k))
        return x


def bare(k):
    try:
        return D[k]
    except:
        return look()


def nested(k):
    try:
        return D[k]
    except KeyError:
        try:
            return [][k]
        except (TypeError, IndexError):
            x = [quiet(D, 2)]
            x.append(look())
        x.append(look())
        return x


def again(k):
    try:
        return D[k]
    except KeyError:
        len(D)
        raise


def instead(k):
    try:
        return D[k]
    except KeyError:
        len(D)
        raise IndexError(k)


def unlike(k):
    try:
        return D[k]
    except IndexError:
        len(D)
    except (TypeError, ValueError):
        len(D)
    finally:
        D.clear()


def through(f, k):
    try:
        f(k)
    except (KeyError, IndexError) as e:
        return repr(e), depth(e), repr(e.__context__), e.__context__ and depth(e.__context__)


def recursive(n):
    try:
        return D[n]
    except KeyError:
        return [recursive(n - 1)] if n else look()


def inloop():
    out = []
    for i in range(3):
        try:
            D[i]
        except KeyError:
            out.append(len(out))
            if i == 1:
                out.append(look())
    return out, sys.exception()


def ingenerator():
    try:
        D['g']
    except KeyError:
        len(D)
        yield look()
        yield look()


def throughgenerator(k):
    try:
        D[k]
    except KeyError:
        len(D)
        return [x for g in [ingenerator()] for x in g], list(map(lambda x: look(), 'a'))


def escapes(k):
    global e
    try:
        D[k]
    except KeyError:
        frame = sys._getframe()
        e = sys.exception()
        len(D)
    return frame is e.__traceback__.tb_frame, frame.f_back is sys._getframe(1)


def dotted(k):
    try:
        D[k]
    except sys.modules:
        pass


def traced(k):
    try:
        D[k]
    except KeyError:
        sys.settrace(lambda *a: None)
        len(D)
        sys.settrace(None)
        return look()


def named(k):
    """The clause stores a global."""
    try:
        D[k]
    except KeyError:
        x = D
    return x


def kept(k):
    """The clause stores an attribute."""
    try:
        D[k]
    except KeyError:
        x = sys.maxsize
    return x


print([named(1) is D for _ in range(3)], [kept(1) == sys.maxsize for _ in range(3)])
print(more(1), never(1), bare(1), nested(1), sep='\n')
print([through(f, 1) for f in (again, instead, unlike)])
print(recursive(3), inloop(), throughgenerator(1), escapes(1), traced(1), sep='\n')
try:
    dotted(1)
except TypeError as x:
    print(x, depth(x), depth(x.__context__))
print(sys.exception())
