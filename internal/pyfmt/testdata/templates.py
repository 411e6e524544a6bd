"""Formats of % and of str.format taken apart and applied."""
import _string
import random

PIECES = ["{", "}", "{{", "}}", "{0}", "{}", "{a}", "{a.b[c].d}", "{a[0]}", "{0[b]}", "!r", "!", ":", ":>10", ":{w}", "[", "]", ".", "x", "\xe9", "{a!r:>{w}}", "{!s}", "{!\u4e2d}", "{!r", "{a[}]}", "{a[:!]}", "99999999999999999999", "{\u0663}", "{0.}", "{0[]}", "{a]b}", "{a[b]c}", "[9]"]
FIELDS = ["", "0", "a", "12", "\u0663", "a.b", "a[0]", "a[b]", "a[-1]", "0.b[3].c", "a[", "a]", "a..b", "a[]", "a[b]c", "a[\u0661]", "99999999999999999999", "a[99999999999999999999]", ".a", "[0]", "a.b[c", "\ud800.\udc00"]


def parsed(s):
    out = []
    try:
        for item in _string.formatter_parser(s):
            out.append("|".join("None" if x is None else x for x in item))
    except ValueError as e:
        out.append(f"ValueError: {e}")
    return "\n".join(out)


def split(s):
    out = []
    try:
        first, rest = _string.formatter_field_name_split(s)
        out.append(repr(first) if isinstance(first, int) else "'" + first)
        for attr, name in rest:
            out.append("%d %s" % (attr, name if isinstance(name, str) else "%d!" % name))
    except ValueError as e:
        out.append(f"ValueError: {e}")
    return "\n".join(out)


def percent(r):
    s = r.choice(["%", "%", "%", "%", "a%", "\xe9%", "%%%"])
    if r.random() < .1:
        s += r.choice(["(a)", "(b", "((a))", "()", "(\u4e2d)"])
    for _ in range(r.choice([0, 0, 1, 2, 3])):
        s += r.choice("-+ #0")
    if r.random() < .5:
        s += r.choice(["*", "5", "10", "1", "0", "20", "99999999999999999999", "9223372036854775807"] if r.random() < .1 else ["*", "5", "10", "30", "3", "17"])
    if r.random() < .4:
        s += "." + r.choice(["", "*", "0", "1", "3", "10", "20", "2147483648"] if r.random() < .1 else ["", "*", "0", "1", "3", "6", "20"])
    if r.random() < .1:
        s += r.choice("hlL")
    if r.random() < .97:
        s += r.choice("diouxXeEfFgGcs%" if r.random() < .9 else "y\x01\u1234\x7f\x00\x80z")
    return s + r.choice(["", "", "", "b", "%%"])


def apply(s, args):
    try:
        return s % args
    except MemoryError:
        return "MemoryError: "
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def lines(count, seed):
    r = random.Random(seed)
    for i in range(count):
        s = "".join(r.choice(PIECES) for _ in range(r.choice([1, 1, 2, 3, 4])))
        yield "parse", s, parsed(s)
        s = r.choice(FIELDS) + r.choice(["", "", r.choice(FIELDS)])
        yield "split", s, split(s)
        s = percent(r)
        verb = s.rstrip("b%")[-1:]
        width, precision = r.choice([0, 1, 5, 12, -9]), r.choice([0, 1, 4, 9, -2])
        if r.random() < .5:
            value = r.choice([0, 1, -1, 42, -12345, 2**63, -2**70, 255, 8]) if r.random() < .7 else r.randrange(-10**r.randrange(1, 25), 10**r.randrange(1, 25))
        else:
            value = r.choice([0.0, -0.0, 1.5, -2.25, 1e100, 1e-7, float("inf"), float("-inf"), float("nan"), 123456.789, 0.5, 2.5, 1e16])
        if verb in "cs" and verb:
            value = r.choice(["", "x", "ab\xe9", "\u4e2d\ud800z", "hello world"]) if verb != "c" else r.choice("x\xe9\u4e2d\ud800")
        if verb in "oxX" and isinstance(value, float):
            value = 17
        args = (width,) * ("*" in s.split(".")[0]) + (precision,) * (".*" in s) + (value,)
        if isinstance(value, float) and verb in "diu" and verb:
            continue
        if "(" in s:
            continue
        shown = value if isinstance(value, str) else value.hex() if isinstance(value, float) else hex(value)
        yield "percent", s, str(width), str(precision), type(value).__name__, shown, apply(s, args)
        if isinstance(value, str):
            value = value.encode("utf-8", "surrogatepass")[:1] if verb == "c" else value.encode("utf-8", "surrogatepass")
            shown = value
            args = args[:-1] + (value,)
        elif "b" in s:
            continue
        s = s.encode("latin-1", "replace")
        yield "bytes", s, str(width), str(precision), type(value).__name__, shown, apply(s, args)
