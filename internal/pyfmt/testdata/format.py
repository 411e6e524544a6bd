"""Random format specs applied to random values."""
import random
import struct


LARGE = []


def floats(r):
    k = r.randrange(12)
    if k == 0:
        return struct.unpack("<d", r.randbytes(8))[0]
    if k == 1:
        return float(r.choice(["inf", "-inf", "nan", "-0.0", "0", "5e-324", "1.7976931348623157e308", "1e16", "1e-5", "9.5", "0.5", "2.5", "1e22", "1e23", "123456789012345680"]))
    if k == 2:
        return r.randrange(-10**18, 10**18) / 10 ** r.randrange(20)
    if k == 3:
        return r.randrange(1, 1000) / 8
    if k == 4:
        return r.choice([-1, 1]) * 10.0 ** r.randrange(-30, 30)
    if k == 5:
        return 10.0 ** r.randrange(-10, 20) - r.choice([0, 1e-10, 1e-3, 1])
    if k == 6:
        return r.random() * 10 ** -r.randrange(8)
    if k == 7:
        return 0.5 * 10 ** -r.randrange(20)
    if k == 8:
        return float(r.randrange(-10**r.randrange(1, 25), 10**r.randrange(1, 25)))
    return r.choice([-1, 1]) * round(r.random() * 10 ** r.randrange(12), r.randrange(8))


def ints(r):
    k = r.randrange(10)
    if k == 0:
        return r.choice([0, 1, -1, 2**63 - 1, -2**63, 2**63, -2**63 - 1, 2**64, 0x10ffff, 0x110000, 65, 0xd800, 10**400])
    if k == 1:
        return r.getrandbits(r.randrange(1, 300)) * r.choice([1, -1])
    return r.randrange(-10 ** r.randrange(1, 19), 10 ** r.randrange(1, 19))


def spec(r, kinds):
    s = ""
    if r.random() < .4:
        if r.random() < .7:
            s += r.choice([" ", "*", "0", "x", "\xe9", "\u20ac", "\U0001f600", "\ud800", "<", "{"])
        s += r.choice("<>=^")
    if r.random() < .3:
        s += r.choice("+- ")
    if r.random() < .15:
        s += "z"
    if r.random() < .25:
        s += "#"
    if r.random() < .3:
        s += "0"
    if r.random() < .6:
        s += str(r.choice([0, 1, 2, 3, 5, 8, 10, 13, 20, 21, 22, 23, 30, 50]))
    if r.random() < .3:
        s += r.choice([",", "_", ",", "_", ",_", "_,", ",,"])
    if r.random() < .5:
        s += "."
        if r.random() < .9:
            s += str(r.choice([0, 1, 2, 3, 4, 5, 6, 10, 12, 15, 16, 17, 18, 20, 25, 40] + LARGE))
        if r.random() < .2:
            s += r.choice([",", "_", ",_", "_,", "__"])
    if r.random() < .85:
        s += r.choice(kinds)
    if r.random() < .02:
        s += r.choice(["x", "\u1234", "\x01", "\u0663", ".", "99999999999999999999", ".99999999999", "9223372036854775807"])
    return s


def lines(count, seed):
    r = random.Random(seed)
    if seed > 1:
        LARGE[:] = [120, 350, 1099, 1100, 1101, 1200]
    every = "bcdoxXneEfFgG%s\u1234\x80 y"
    for i in range(count):
        kind = i % 4
        odd = r.random() < .05
        if kind == 0:
            v = "".join(r.choice("ab\xe9\u4e2d\U0001f600\udc80") for _ in range(r.randrange(8)))
            sp = spec(r, every if odd else "s")
            yield "str", v, sp, attempt(format, v, sp)
        elif kind == 1:
            v = ints(r)
            sp = spec(r, every if odd else "bcdoxXneEfFgG%ddddxx")
            if r.random() < .6:
                sp = sp.replace(".", "")
            yield "int", hex(v), sp, attempt(format, v, sp)
        elif kind == 2:
            v = floats(r)
            sp = spec(r, every if odd else "neEfFgG%ffffgee")
            yield "float", v.hex(), sp, attempt(format, v, sp)
        else:
            v = complex(floats(r), floats(r))
            sp = spec(r, every if odd else "neEfFgG")
            yield "complex", v.real.hex(), v.imag.hex(), sp, attempt(format, v, sp)
    for i in range(count // 4):
        v = floats(r)
        yield "repr", v.hex(), repr(v)
        yield "hex", repr(v), v.hex()
        v = complex(v, floats(r))
        yield "complexrepr", v.real.hex(), v.imag.hex(), repr(v)
