"""Random texts read as numbers."""
import random
import sys

SPECIAL = ["inf", "Infinity", "NaN", "INF", "infinit", "nan(1)", "1e", "e5", ".", "..", "0x", "0x1p", "-", "+", "j", "1+j", "()", "( 1 )",
           "1_", "_1", "1__2", "1_.5", "1._5", "1e_5", "0x_f", "0b_", "0_", "00", "01", "0_0", "0x0x", "\u0661\u0662.\u0663", "\u20031\u2003", "\x1c1", "\x851", "1\x00", "\ud8001",
           "1e400", "-1e400", "1e-400", "2.4703282292062327208e-324", "2.4703282292062328e-324", "1.7976931348623158e308", "1.797693134862315807e308", "9007199254740993", "9007199254740992.99999999999999999999999",
           "0x1.fffffffffffff8p1023", "0x1.fffffffffffff7p1023", "0x0.8p-1074", "0x0.8000001p-1074", "0x1.8p-1074", "0x.p1", "0x1p99999999999999999999", "0x0p99999999999999999999", "-0x1p-99999999999999999999"]


def digits(r, alphabet="0123456789"):
    s = "".join(r.choice(alphabet) for _ in range(r.choice([1, 1, 2, 3, 5, 9, 17, 18, 19, 20, 21, 25, 40])))
    if r.random() < .15:
        i = r.randrange(len(s) + 1)
        s = s[:i] + r.choice(["_", "_", "__"]) + s[i:]
    return s


def number(r):
    s = r.choice(["", "", "", "-", "+"])
    if r.random() < .05:
        return s + r.choice(["inf", "nan", "infinity", "Inf"])
    if r.random() < .9:
        s += digits(r)
    if r.random() < .6:
        s += "."
        if r.random() < .9:
            s += digits(r)
    if r.random() < .4:
        s += r.choice("eE") + r.choice(["", "+", "-"]) + str(r.choice([0, 1, 2, 5, 10, 22, 23, 100, 308, 320, 400]))
    return s


def integer(r):
    s = r.choice(["", "", "", "-", "+"]) + r.choice(["", "", "", "0x", "0X", "0o", "0b", "0B", "0", "0x_"])
    return s + digits(r, r.choice(["01", "01234567", "0123456789", "0123456789abcdefABCDEF", "0123456789abcxyzXYZ"]))


def hexfloat(r):
    s = r.choice(["", "-", "+"]) + r.choice(["0x", "0X", "", "0x0."])
    s += "".join(r.choice("0000123456789abcdefABCDEFffff88") for _ in range(r.choice([1, 2, 5, 13, 14, 15, 16, 17, 20, 30])))
    if r.random() < .6:
        i = r.randrange(len(s) + 1)
        s = s[:i] + "." + s[i:]
    if r.random() < .6:
        s += r.choice("pP") + str(r.choice([0, 1, -1, 5, 1000, 1023, 1020, -1000, -1022, -1074, -1080, -1060, 1100, -1200]))
    return s


def noise(r, s):
    k = r.random()
    if k < .1:
        return r.choice([" ", "\t", "\n\v", "\f\r", "\u3000", ""]) + s + r.choice([" ", "\n", "\u2000", ""])
    if k < .2 and s:
        i = r.randrange(len(s))
        return s[:i] + r.choice(["", " ", "_", "-", ".", "e", "x", "\u0663", "\u4e2d", "\x00", "z", "j"]) + s[i + 1:]
    if k < .22:
        return r.choice(SPECIAL)
    return s


def bits(x):
    return x.hex()


def mended(text):
    """Without the repr of what was given, which is the caller's."""
    for cut in "int() with base", "string to float", "string to complex":
        if text.startswith("ValueError:") and cut in text:
            return "no number"
    return text


def lines(count, seed):
    r = random.Random(seed)
    texts = SPECIAL if seed == 1 else []
    for i in range(count):
        kind = i % 5
        if kind == 0:
            s = noise(r, number(r))
            yield "float", s, mended(attempt(lambda: bits(float(s))))
        elif kind == 1:
            s = noise(r, number(r) if r.random() < .2 else number(r) + r.choice("+-") + number(r) + r.choice(["j", "J", "j", ""]))
            if r.random() < .2:
                s = r.choice(["(", "( "]) + s + r.choice([")", " )", ""])
            yield "complex", s, mended(attempt(lambda: bits(complex(s).real) + " " + bits(complex(s).imag)))
        elif kind == 2:
            s = noise(r, hexfloat(r)).replace('\ud800', '')
            yield "hexfloat", s, attempt(lambda: bits(float.fromhex(s)))
        else:
            s = noise(r, integer(r))
            base = r.choice([0, 0, 2, 8, 10, 10, 10, 16, 36, 3, 7, 32, 11])
            yield "int", s, str(base), mended(attempt(lambda: hex(int(s, base))))
    for s in SPECIAL:
        yield "float", s, mended(attempt(lambda: bits(float(s))))
        yield "complex", s, mended(attempt(lambda: bits(complex(s).real) + " " + bits(complex(s).imag)))
        if "\ud800" not in s:
            yield "hexfloat", s, attempt(lambda: bits(float.fromhex(s)))
        yield "int", s, "0", mended(attempt(lambda: hex(int(s, 0))))
    for n in (639, 640, 641, 700, 4299, 4300, 4301, 5000) if seed > 1 else (4301,):
        for s in "1" * n, "-" + "9" * n, "1" * n + "x", "0" * n, "1" + "_0" * (n - 1):
            for base in (10, 36, 7, 32, 0, 16) if seed > 1 else (10, 32):
                yield "int", s, str(base), mended(attempt(lambda: str(len(hex(int(s, base))))))
        yield "text", "0x" + "1" * (n * 5 // 6), attempt(lambda: str(int("1" * (n * 5 // 6), 16)))
    if seed == 1:
        return
    sys.set_int_max_str_digits(0)
    for n in 65, 127, 128, 129, 500, 1000, 1023, 1024, 1025, 1199, 1200, 1499, 1500, 1501, 3001,  1201, 2400, 2401, 3000, 9600, 20000, 77777:
        for base in 10, 3, 36, 2, 8, 32, 16:
            s = "".join(r.choice("0123456789abcdefghijklmnopqrstuvwxyz"[:base]) for _ in range(n))
            yield "big", s, str(base), hex(int(s, base))
        v = r.getrandbits(n)
        yield "bigtext", hex(v), str(v)
    sys.set_int_max_str_digits(4300)
