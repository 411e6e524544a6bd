# Which exception is being handled inside of generators that handle none themselves, and of those that do.
import sys


def plain(n):
    for _ in range(n):
        yield repr(sys.exception())


def handling(n):
    for i in range(n):
        try:
            raise KeyError(i)
        except KeyError:
            yield repr(sys.exception())
        yield repr(sys.exception())


def both(n):
    yield from plain(n)
    try:
        1 / 0
    except ZeroDivisionError:
        yield from plain(n)
    yield from handling(n)


def reraises():
    yield 1
    raise


def fails():
    yield 1
    raise ValueError("inside")


def outcome(f):
    try:
        return f()
    except Exception as e:
        return [repr(e), repr(e.__context__)]


for make in plain, handling, both:
    g, h = make(2), make(2)
    print(next(g), next(h))
    try:
        raise OSError("outside")
    except OSError:
        print([x for x in g], sys.exception())
        for x in h:
            print(x, sys.exception())
            try:
                raise IndexError(x)
            except IndexError:
                print(next(h, None), repr(sys.exception()))
    print(sys.exception(), list(make(1)))

for make in reraises, fails:
    g, h = make(), make()
    print(next(g))
    try:
        raise OSError("outside")
    except OSError:
        print(outcome(lambda: list(g)), repr(sys.exception()))
        print(outcome(lambda: h.throw(TypeError("thrown"))), repr(sys.exception()))
    print(outcome(lambda: list(make())), sys.exception())


def switches():
    "Raises and handles while others do."
    g, h = plain(5), handling(5)
    for x in g:
        try:
            raise NameError(x)
        except NameError:
            yield x, next(h), next(g), repr(sys.exception())
        yield next(h), sys.exception()


try:
    raise OSError("outside")
except OSError:
    g = switches()
    try:
        for x in g:
            print(x)
    except StopIteration:
        print("stopped")
    except RuntimeError as e:
        print(repr(e), repr(e.__cause__), repr(e.__context__))
    print(repr(sys.exception()))
print(sys.exception())
