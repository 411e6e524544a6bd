# Prints repr() of many values, each behind a description of the value itself
# that the tests can build it from (see build in values_test.go):
#
#     python testdata/values.py > testdata/VERSION.txt
#
# Runs on every version; expressions that a version does not know are left out.
# The live tests execute this file and call its random_ functions.
import json
import random
import struct
import sys
import warnings

warnings.simplefilter("ignore")

EXPRESSIONS = r"""
None
True
False
Ellipsis
StopIteration
0
-1
2**31-1
2**31
-2**31
2**63-1
2**63
-2**63
-2**63-1
10**100
-7**300
1L
0L
-5L
2147483647L
0.0
-0.0
1.0
-1.0
0.1
-0.1
0.5
1/3.0
2/3.0
100.0
123456789.0
123456.789
1e15
1e16
1e17
1e21
1e22
1e23
1e100
1e-1
1e-2
1e-3
1e-4
1e-5
1e-6
1.5e-4
1.5e-5
0.00012345
0.000012345
999999999999999.0
999999999999999.9
9999999999999998.0
9999999999999999.0
12345678901234567.0
1234567890123456.7
123456789012345.67
9007199254740991.0
9007199254740993.0
-9007199254740992.0
1.7976931348623157e308
-1.7976931348623157e308
2.2250738585072014e-308
2.225073858507201e-308
5e-324
-5e-324
5e-322
1.1
2.5
3.141592653589793
2.718281828459045e-10
float("inf")
-float("inf")
float("nan")
-float("nan")
1j
-1j
0j
-0j
1.5j
1e16j
1e-5j
1e300j
1+2j
1-2j
1.5-2.5j
complex(-0.0, 1.0)
complex(-0.0, -0.0)
complex(0.0, -0.0)
complex(1, -0.0)
complex(1e16, 1e-5)
complex(123456789012, -1e100)
complex(0, float("inf"))
complex(0, -float("inf"))
complex(0, float("nan"))
complex(-0.0, float("nan"))
complex(-0.0, -float("inf"))
complex(float("nan"), float("inf"))
complex(float("inf"), -float("inf"))
complex(-float("inf"), float("nan"))
complex(float("nan"), -float("nan"))
complex(float("nan"), 0.0)
complex(float("nan"), -0.0)
""
"abc"
"it's"
'say "hi"'
'it\'s "both"'
"'"
'"'
"back\\slash"
"\n\r\t\0\x01\x1f\x7f"
"\x80\xff"
"\x08\x0b\x0c\x1b"
u""
u"abc"
u"it's"
u'it\'s "both"'
u"\x7f\x80\x85\x9f\xa0\xa1\xac\xad\xae\xff"
u"\u0100\u0378\u0379\u037f\u0380"
u"\u20ac\u200b\u2028\u2029\u202e\ufeff\ufffd\uffff"
u"\ud800\udbff\udc00\udfff"
u"\ud83dx\ude00"
u"\ue000\uf8ff"
u"\U00010000\U0001f600\U0001fae0\U000e0001\U000f0000\U0010ffff"
u"\u0524\u0526\u061c\u08ff\u1cc0\u9fd6\uab70"
u"\u4e2d\u6587 \uac00 \u3000"
u"\U00020000\U0002a6d7\U00030000\U00031350\U000323b0"
u"line\nsep \u2028 'q'"
b""
b"abc"
b"it's"
b'say "hi"'
b'it\'s "both"'
b"\n\r\t\0\x01\x1f\x7f\x80\xff\\"
()
(1,)
(1, 2)
((),)
(None, True, ("a", (b"b",)))
[]
[1]
[1, [2, []], ()]
set()
set([1])
set([(1, 2), "x"])
frozenset()
frozenset([1])
frozenset(["a", 2.5, None])
(frozenset([frozenset(), frozenset([3])]),)
{}
{1: 2}
{"a": [1], (1, 2): {}}
frozendict()
frozendict({1: 2, "a": [3]})
slice(None, None, None)
slice(1, 2, 3)
slice(None, -1, None)
(slice("a", (1,), 2.0),)
"""


def points(text):
    """The code points of text, surrogate pairs of narrow builds left apart."""
    return [ord(c) for c in text]


def bits(x):
    # The sign and payload of a NaN do not survive on every platform.
    return "%016x" % struct.unpack(">Q", struct.pack(">d", x))


def describe(x):
    """A tree of lists and strings from which x can be built again."""
    if x is None or x is True or x is False or x is Ellipsis:
        return [repr(x)]
    if x is StopIteration:
        return ["StopIteration"]
    t = type(x).__name__
    if t in ("int", "long"):
        return [t, "%d" % x]
    if t == "float":
        return [t, bits(x)]
    if t == "complex":
        return [t, bits(x.real), bits(x.imag)]
    if t == "unicode" or t == "str" and str is not bytes:
        return ["text"] + points(x)
    if isinstance(x, bytes):
        return ["bytes"] + list(bytearray(x))
    if t in ("dict", "frozendict"):
        return [t] + [describe(y) for item in x.items() for y in item]
    if t == "slice":
        return [t] + [describe(y) for y in (x.start, x.stop, x.step)]
    return [t] + [describe(y) for y in x]


def line(x):
    return u"%s\t%s\n" % (json.dumps(describe(x), separators=(",", ":")), text(repr(x)))


def text(s):
    return s.decode("ascii") if isinstance(s, bytes) else s


def all_lines():
    out = []
    for source in EXPRESSIONS.strip("\n").split("\n"):
        try:
            x = eval(source)
        except (SyntaxError, NameError):
            continue
        out.append(line(x))
    return u"".join(out)


def random_floats(seed, n):
    """Lines of a float's bits and its repr: any bits, and short decimals."""
    r = random.Random(seed)
    out = []
    for i in range(n):
        if i % 4:
            x = struct.unpack(">d", struct.pack(">Q", r.getrandbits(64)))[0]
        else:
            digits = 10 ** r.randrange(1, 19)
            x = r.randrange(digits) * 10.0 ** r.randrange(-25, 25)
        out.append("%s %r\n" % (bits(x), x))
    return text("".join(out)).encode("ascii")


SPECIAL_PARTS = [0.0, 1.0, 0.5, 1e15, 1e16, 1e-4, 1e-5, 1e100, 5e-324,
                 123456789.125, float("inf"), float("nan")]


def all_complex():
    out = []
    parts = SPECIAL_PARTS + [-x for x in SPECIAL_PARTS]
    for re in parts:
        for im in parts:
            x = complex(re, im)
            out.append("%s %s %r\n" % (bits(x.real), bits(x.imag), x))
    return text("".join(out)).encode("ascii")


# Where random characters come from: quotes and controls, Latin-1, the plane
# with most characters, everything, surrogates.
RANGES = [(0x20, 0x7F), (0, 0x30), (0x5C, 0x5D), (0x27, 0x28), (0x22, 0x23),
          (0x70, 0x100), (0x100, 0x3000), (0x3000, 0x10000),
          (0x10000, 0x20000), (0x20000, 0x110000), (0xD800, 0xE000)]


def random_strings(seed, n):
    """Lines of dot-separated code points and the repr of that text."""
    r = random.Random(seed)
    char = chr if str is not bytes else unichr
    out = []
    for _ in range(n):
        cps = [r.randrange(*RANGES[r.randrange(len(RANGES))])
               for _ in range(r.randrange(12))]
        x = u"".join(map(char, cps))
        out.append(u"%s %s\n" % (".".join("%x" % c for c in cps), text(repr(x))))
    return u"".join(out).encode("utf-8")


def random_bytes(seed, n):
    r = random.Random(seed)
    out = []
    for _ in range(n):
        b = [r.choice([39, 34, 92, 10, r.randrange(256), r.randrange(32, 127)])
             for _ in range(r.randrange(12))]
        out.append("%s %r\n" % (".".join("%x" % c for c in b), bytes(bytearray(b))))
    return text("".join(out)).encode("ascii")


def random_ints(seed, n):
    r = random.Random(seed)
    out = []
    for _ in range(n):
        x = r.getrandbits(r.randrange(1, 5000)) * r.choice([1, -1])
        out.append("%x %r\n" % (x, x))
    return text("".join(out)).encode("ascii")


def random_values(seed, n):
    """Lines as line() makes them, of nested containers."""
    r = random.Random(seed)
    leaves = [None, True, 3, -1.5, 2j, u"\xe9", b"b'", Ellipsis, StopIteration, ""]

    def hashable(depth):
        kind = r.randrange(4 if depth else 1)
        if kind == 1:
            return tuple(hashable(depth - 1) for _ in range(r.randrange(4)))
        if kind == 2:
            return frozenset([hashable(depth - 1) for _ in range(r.randrange(4))])
        return r.choice(leaves)

    def any_value(depth):
        kind = r.randrange(6 if depth else 1)
        items = range(r.randrange(4))
        if kind == 1:
            return [any_value(depth - 1) for _ in items]
        if kind == 2:
            return tuple(any_value(depth - 1) for _ in items)
        if kind == 3:
            return set([hashable(depth - 1) for _ in items])
        if kind == 4:
            return dict((hashable(depth - 1), any_value(depth - 1)) for _ in items)
        if kind == 5:
            return slice(any_value(depth - 1), any_value(depth - 1), any_value(depth - 1))
        return hashable(depth)

    return u"".join(line(any_value(5)) for _ in range(n)).encode("utf-8")


def header():
    return u"# repr() by Python %s: python testdata/values.py\n" % sys.version.split()[0]


if __name__ == "__main__":
    getattr(sys.stdout, "buffer", sys.stdout).write((header() + all_lines()).encode("utf-8"))
