"""f-strings, whose parts are made into text when they are put together: see object/textpart.go and lift/texts.go."""
import sys

INF = float("inf")


def show(f, *args):
    try:
        print(ascii(f(*args)))
    except Exception as e:
        print(type(e).__name__, e)


class Text(str):
    def __format__(self, spec):
        return f"<{self!s}|{spec}>"


class Number(int):
    def __str__(self):
        return "number"


class Log:
    def __init__(self, name):
        self.name = name

    def __format__(self, spec):
        print("format", self.name, spec)
        return self.name


values = [0, -7, 255, 2**40, 10**30, 1.5, -0.0, 1e300, INF, True, None, "word", "naïve", "", Text("t"), Number(3), [1, 2.5], 1 + 2j]
for v in values:
    show(lambda: f"{v}")
    show(lambda: f"a{v}é{v}")
    show(lambda: f"{v!r}:{v!s}:{v!a}")
    show(lambda: f"{v:>8}|{v}")
    show(lambda: f"{v:é^9}|{v:<3}")
    show(lambda: f"[{v:05d}]")
    show(lambda: f"[{v:.2f}]")
    show(lambda: f"[{v:+,}]")
    show(lambda: f"[{v:#x} {v:b}]")
    show(lambda: f"[{v:.3}]")
    show(lambda: f"[{v:c}]")
    show(lambda: f"[{v:e} {v:%} {v:g} {v:n}]")
    show(lambda: f"[{v:=+9}]")
    show(lambda: f"[{v:z.0f}]")
    show(lambda: f"[{v:_d}{v:s}]")
    show(lambda: f"[{v:2000}]"[:2])
    show(lambda: f"[{v:.}]")


def nested(x, width, places):
    return f"<{x:{width}.{places}f}> {f'{x:.1f}{width}'}{width}"


def chosen(x):
    return f"{x} {x if x > 2 else 'few'} {x or 'none'} {x}"


def many(x):
    return f"{x}{[y * x for y in range(x)]}{x}{sum(y for y in range(x))}{x:3}{x}"


show(nested, 3.14159, 10, 3)
show(chosen, 1)
show(chosen, 3)
show(many, 3)


def changing(n):
    return f"{n}{(n := n + 1)}{n:3}{(n := 2.5)}{n:3}"


show(changing, 12)
n = 12

# What fails does so in its turn.
show(lambda: f"{n:.1f}{Log('first')}{n:d}{Log('second')}")
show(lambda: f"{3:5}{Log('first')}{'x':d}{Log('second')}")
show(lambda: f"{3:5}{1 // 0}")


def gen():
    x = yield f"{1}{(yield 'a')}{2:3}{(yield 'b')}"
    try:
        print(f"{x}{(yield 'c')}{x:4}")
    except KeyError as e:
        print(f"{e!r}{x}")


g = gen()
show(next, g)
show(g.send, 5)
show(g.send, 6.5)
show(g.send, 7)
show(g.throw, KeyError("k"))


# Tracing that begins within a string.
def traced(x):
    return f"{x}{x:4}{'s':>3}{start()}{x}{x:4}{'s':>3}"


events = []


def start():
    sys._getframe(1).f_trace = trace
    sys.settrace(trace)
    return "!"


def trace(frame, event, arg):
    events.append((frame.f_code.co_name, event, arg if event == "return" else None))
    return trace


text = traced(1.5)
sys.settrace(None)
print(text, [e for e in events if e[0] == "traced"])


# Code that no compiler writes: others than BUILD_STRING see what is formatted.
OPS = {
    "BUILD_STRING": 50,
    "BUILD_TUPLE": 51,
    "CACHE": 0,
    "COPY": 59,
    "FORMAT_SIMPLE": 12,
    "LOAD_FAST": 84,
    "NOT_TAKEN": 28,
    "POP_JUMP_IF_NONE": 101,
    "POP_TOP": 31,
    "RESUME": 128,
    "RETURN_VALUE": 35,
    "STORE_FAST": 112,
    "SWAP": 117,
}


def target(a, b):
    pass


def code(*instructions, **replaced):
    raw = b"".join(bytes([OPS[name], arg]) for name, arg in instructions)
    target.__code__ = target.__code__.replace(co_code=raw, co_stacksize=8, **replaced)
    return target


BEGIN = (("RESUME", 0), ("LOAD_FAST", 0), ("FORMAT_SIMPLE", 0))
RETURN = ("RETURN_VALUE", 0)
show(code(*BEGIN, ("COPY", 1), ("BUILD_STRING", 2), RETURN), 1, 2)
show(code(*BEGIN, ("COPY", 1), ("BUILD_STRING", 1), ("BUILD_TUPLE", 2), RETURN), 1.5, 2)
show(code(*BEGIN, ("COPY", 1), ("STORE_FAST", 1), ("BUILD_STRING", 1), ("LOAD_FAST", 1), ("BUILD_TUPLE", 2), RETURN), 1, 2)
show(code(*BEGIN, ("STORE_FAST", 1), ("LOAD_FAST", 1), ("LOAD_FAST", 0), ("FORMAT_SIMPLE", 0), ("BUILD_STRING", 2), RETURN), 1, 2)
show(code(*BEGIN, ("LOAD_FAST", 1), ("SWAP", 2), ("BUILD_STRING", 1), ("BUILD_TUPLE", 2), RETURN), 1, 2)
show(code(*BEGIN, ("LOAD_FAST", 1), ("BUILD_STRING", 2), RETURN), 1, 2)
show(code(*BEGIN, ("LOAD_FAST", 1), ("FORMAT_SIMPLE", 0), ("BUILD_TUPLE", 2), RETURN), 1, 2)
show(code(*BEGIN, ("LOAD_FAST", 1), ("FORMAT_SIMPLE", 0), ("SWAP", 2), ("BUILD_STRING", 2), RETURN), 1, 2.5)
show(code(*BEGIN, ("LOAD_FAST", 1), ("POP_JUMP_IF_NONE", 3), ("CACHE", 0), ("NOT_TAKEN", 0), ("POP_TOP", 0), ("LOAD_FAST", 0), ("BUILD_STRING", 1), RETURN), 1, 1)
show(code(*BEGIN, ("LOAD_FAST", 1), ("POP_JUMP_IF_NONE", 3), ("CACHE", 0), ("NOT_TAKEN", 0), ("POP_TOP", 0), ("LOAD_FAST", 0), ("BUILD_STRING", 1), RETURN), 1, None)
