# Filters of warnings: what is no list of them, which come first, those of a context, and what is done where none fits.
import sys, _warnings, _contextvars

sys.modules["warnings"] = warnings = _warnings


def show(what):
    try:
        print(what())
    except BaseException as e:
        print(type(e).__name__, e)


def warn(n):
    show(lambda: warnings.warn(f"number {n}"))


class Changes:
    def __init__(self, filters):
        self.filters = filters

    def match(self, text):
        self.filters.clear()
        return None


warnings._showwarnmsg = None
changing = []
changing += [("error", Changes(changing), Warning, None, 0), ("error", None, Warning, None, 0)]
for n, filters in enumerate([
    5, (1, 2), [1], [(1, 2, 3, 4, 5)], [("x", None, Warning, None, "a")], [(3, None, Warning, None, 0)], [("ignore", None, 5, None, 0)],
    [("bogus", None, Warning, None, 0)], [("ignore", None, Warning, None, True)], [("ignore", 5, Warning, None, 0)], [("error", None, Warning, None, 10**30)],
    [("ignore", None, Warning, None, 0)], [("error", "number 12", Warning, "__main__", 0)], [("error", "number 13", UserWarning, "other", 0), ("ignore", None, Warning, None, 0)],
]):
    warnings.filters = filters
    print(filters)
    warn(n)

warnings.filters = changing
warnings.defaultaction = "error"
warn(20)
warnings.filters = [("error", None, DeprecationWarning, None, 0)]
warn(21)
warnings.defaultaction = 5
warn(22)
del warnings.defaultaction
warn(23)
del warnings.filters
warn(24)

ctx = warnings._warnings_context
print(isinstance(ctx, _contextvars.ContextVar), ctx.name)


class Block:
    pass


def inside():
    block = Block()
    ctx.set(block)
    warn(30)
    block._filters = 5
    warn(31)
    block._filters = [("ignore", None, Warning, None, 0)]
    warn(32)
    block._filters = []
    warn(33)
    ctx.set(None)
    warn(34)


_contextvars.copy_context().run(inside)
warn(35)

# warn_explicit takes what can be called for a category.
class Out:
    text = ""

    def write(self, text):
        self.text += text

    def flush(self):
        pass


sys.stderr = Out()
del warnings._showwarnmsg
warnings.filters = []
warnings.defaultaction = "default"
for args in [("x", lambda m: m, "f", 1), ("x", int, "f", 1), ("x", ValueError, "f", 1), ("x", None, "f", 1), ("x", type("W", (UserWarning,), {"__str__": lambda s: 5}), "f", 1),
             ("x", UserWarning, 5, 1), ("x", UserWarning, "f", "g"), (5, UserWarning, "f", 5), ("x", UserWarning, "f", 10**10), (UserWarning("q"), None, "f", 1),
             ("x", UserWarning, "f", 5, 6), ("x", UserWarning, "f", 5, "m", 7), ("x", UserWarning, "f", 5, "m", {}, 8), ("x", UserWarning, "f", 5, "m", {("x", UserWarning, 5): 1}), ("x", UserWarning, "f", 7, None, 8)]:
    show(lambda: warnings.warn_explicit(*args))
print(sys.stderr.text)
