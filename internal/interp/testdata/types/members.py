# What is in every builtin type: the members with their types, text signatures and whether they have a docstring; sizes and
# flags of the type. Most types are found by making an object of them.
import builtins
import sys

VECTORS = 1 << 13 | 1 << 19 | 1 << 20  # flags that change while a program runs
SIGNED = type(len), type(list.append), type(object.__repr__), type(vars(dict)["fromkeys"])


def name(t):
    return t.__module__ + "." + t.__qualname__


def builtin_types():
    def function():
        return found

    def generator():
        yield

    async def coroutine():
        pass

    async def asyncgen():
        yield

    def generic[T, *Ts, **P]():
        pass

    class Slotted:
        __slots__ = ("a",)

        @property
        def p(self):
            pass

    class Plain:
        pass

    type Alias = int
    found = set()
    plain, coro = Plain(), coroutine()
    waiting = [asyncgen().asend(None), asyncgen().athrow(ValueError), coro]
    samples = [
        None, Ellipsis, NotImplemented, 0, function, generator(), asyncgen(), coro, coro.__await__(),
        Slotted.a, Slotted.p, Plain.__dict__["__dict__"], [].append, len, str.join, object.__init__,
        (1).__add__, dict.__dict__["fromkeys"], type.__dict__["__mro__"], int.real, sys, function.__code__,
        sys._getframe(), sys._getframe().f_locals, function.__closure__[0], memoryview(b""), slice(1),
        iter([]), iter(()), iter(""), iter("é"), iter(b""), iter(bytearray()), iter(set()), iter(range(3)),
        iter(range(10**30)), iter(memoryview(b"")), iter(int, 1), iter(list[int]), reversed([]), reversed(()),
        {}.keys(), {}.values(), {}.items(), iter({}), iter({}.values()), iter({}.items()), reversed({}),
        reversed({}.items()), reversed({}.values()), type.__dict__, list[int], int | str,
        sys.flags, sys.version_info, sys.float_info, sys.int_info, sys.hash_info, sys.thread_info,
        sys.implementation, function.__code__.co_lines(), function.__code__.co_positions(), enumerate([]),
        map(len, []), zip(), filter(None, []), super(Plain, plain), classmethod(function),
        staticmethod(function), property(), t"", t"{1}", iter(t""), Alias, *generic.__type_params__,
        generic.__type_params__[2].args, generic.__type_params__[2].kwargs, Alias.evaluate_value,
    ]
    try:
        1 / 0
    except ZeroDivisionError as e:
        samples.append(e.__traceback__)
    for x in samples + waiting:
        found.add(type(x))
    for x in waiting:
        x.close()
    found.update(x for x in vars(builtins).values() if isinstance(x, type))
    for t in list(found):
        found.update(t.__mro__)
    return sorted((t for t in found if "__firstlineno__" not in vars(t) and "<locals>" not in t.__qualname__), key=name)


def show(x):
    if x is None:
        return "None"
    text = type(x).__name__
    if isinstance(x, SIGNED):
        text += " " + repr(x.__text_signature__)
    if getattr(x, "__doc__", 0) is None:
        text += " without docstring"
    return text


for t in builtin_types():
    print(name(t), "of", name(type(t)), "base", t.__base__ and name(t.__base__), repr(t.__text_signature__))
    print("   ", t.__basicsize__, t.__itemsize__, "%x" % (t.__flags__ & ~VECTORS), t.__dictoffset__, t.__weakrefoffset__)
    for k in sorted(vars(t)):
        if k != "__abstractmethods__":
            print("   ", k, show(vars(t)[k]))
    odd = set(dir(t)).difference(*map(vars, t.__mro__))
    if odd:
        print("    beside these", sorted(odd))
for k, x in sorted(vars(builtins).items()):
    if isinstance(x, SIGNED) and k != "open":  # which is of module io
        print("builtins", k, show(x))
