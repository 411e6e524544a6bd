"""What the objects of module re say and do, one line per expression."""
import _sre
import copy
import copyreg
import re

p = re.compile("a(b)?")
n = re.compile(r"(?P<year>\d+)-(?P<month>\d+)(?P<rest>x)?")
b = re.compile(rb"(\w)(\d)?")
w = re.compile("é(.)")
m = p.match("ab")
nm = n.search("on 2024-05!")
bm = b.search(b" a1")
wm = w.search("été Жéa", 1)
text = "the cat, the hat; été 12 é3"


class S(str):
    pass


class B(bytes):
    pass


class I:
    def __index__(self):
        return 1


def upper(m):
    return m.group().upper()


def nested(m):
    return re.sub("t", lambda k: k.group() * 2, m.group())


def iterate(it):
    return [x.span() for x in it]


def scanned(s, how):
    out = []
    while True:
        x = getattr(s, how)()
        if x is None:
            return out
        out.append((x.regs, x.lastindex))


def interleaved():
    """Scanners that are in use at once, more than there are kept, some left early, some asked again when they have ended."""
    words, out = re.compile(r"\w+"), []
    its = [words.finditer(f"a{i} b{i} c{i}") for i in range(12)]
    for step in range(5):
        for i, it in enumerate(its):
            m = next(it, None)
            if i in (0, 5, 11):
                out.append(m and m.group())
    for m in words.finditer("outer one two"):
        for k in words.finditer("inner x"):
            out.append((m.group(), k.group(), [j.span() for j in words.finditer(k.group() + " z")]))
            if k.group() == "x":
                break
        if m.group() == "one":
            break
    c = words.scanner("p q")
    out += [c.search().group(), c.match(), c.search(), c.match(), c.search()]
    d = words.finditer("r s")
    r = d.__reduce__()
    out += [next(d).group(), r[1][0]().group(), r[1][0](), list(d), next(d, "end")]
    data = bytearray(b"t u")
    e = re.finditer(rb"\w", data)
    out += [next(e).group(), next(e).group(), next(e, None)]
    data.append(65)
    out.append(re.sub("b", lambda m: "".join(k.group() for k in words.finditer("v w")), "abc"))
    return out


EXPRESSIONS = r'''
p, n, b, w, re.compile("a", re.I | re.X | re.M | re.S), re.compile(b"a", re.L), re.compile("a", re.A)
re.compile("x" * 300), re.compile("é'\""), _sre.compile("x", 1 << 20 | 1, [1], 0, {}, ()), _sre.compile("x", -1, [1], 0, {}, ())
_sre.compile(b"x", 32, [1], 0, {}, ()), _sre.compile(None, 32, [1], 0, {}, ())
_sre.compile(None, 0, [1], 0, {}, ()).match(b"a"), _sre.compile(None, 0, [1], 0, {}, ()).match("a")
p.pattern, p.flags, p.groups, p.groupindex, n.groupindex, type(n.groupindex).__name__, b.pattern, n.groups
p == re.compile("a(b)?"), p != re.compile("a(b)?"), p == re.compile("a(b)?", re.I), p == 1, hash(p) == hash(re.compile("a(b)?"))
_sre.compile("a", 0, [1], 0, {}, ()) == _sre.compile("a", 0, [1], 0, {}, ()), _sre.compile("a", 0, [1], 0, {}, ()) == _sre.compile("a", 1, [1], 0, {}, ())
p < p
len(m)
bool(m), copy.copy(p) is p, copy.deepcopy(p) is p, copy.copy(m) is m, copy.deepcopy(m) is m
copyreg.dispatch_table[type(p)](p)[1]
type(p), type(m), type(p.scanner("")), type(_sre.template("a", ["x"]))
type(p).__module__, type(p).__name__, type(m).__qualname__, type(p).__doc__
re.Pattern[str], re.Match[bytes]
re.Pattern()
re.Match()
m, m.group(), m.group(0), m.group(1), m.group(0, 1), m[0], m[1], m[True], m.group(I())
m.groups(), m.groupdict(), m.span(), m.span(1), m.start(), m.end(), m.start(1), m.end(1), m.regs
m.re is p, m.string, m.pos, m.endpos, m.lastindex, m.lastgroup
p.match("a").groups(), p.match("a").groups("x"), p.match("a").group(1), p.match("a").span(1), p.match("a").lastindex, p.match("a").regs
nm.group("year", "month"), nm["year"], nm.groupdict(), nm.groupdict(7), nm.groupdict(default=""), nm.lastgroup, nm.lastindex, nm.span("month")
bm, bm.group(), bm.groups(), bm.span(), bm.string, bm.expand(rb"\2\1")
wm, wm.span(), wm.span(1), wm.start(1), wm.regs, wm.pos, wm.endpos, wm.group(1)
nm.expand(r"\g<month>/\g<year>/\3\n"), m.expand("x"), m.expand(r"\g<0>\\")
m.group(2)
m.group(-1)
m.group("x")
m.group(1.0)
m.group(1 << 80)
m["a"]
m.start("x")
m.span(None)
m.group(k=1)
m.start(1, 2)
m.groups(1, 2)
m.groupdict(x=3)
m.expand()
m.expand(3)
m.expand(r"\9")
setattr(m, "pos", 1)
setattr(m, "lastindex", 1)
setattr(m, "other", 1)
setattr(p, "flags", 1)
p.match()
p.match(1)
p.match(b"a")
b.match("a")
p.match("a", None)
p.match("a", "x")
p.match("a", 0, 0, 0)
p.match("a", 1 << 80)
p.match("xab", 1), p.match("xab", -5), p.match("xab", 1, 2), p.match("xab", pos=1, endpos=99), p.match(string="ab"), p.match("ab", 5), p.search("ab", I())
p.match("ab", 1, 0), p.search("ab", 2, 1), re.compile("").match("abc", 2, 1), re.compile("").fullmatch("abc", 2, 1)
p.fullmatch("ab"), p.fullmatch("abc"), p.search("xxab"), p.search("x")
p.match(bytearray(b"a"))
b.match(bytearray(b"a1")), b.findall(memoryview(b"a1b")), b.match(B(b"a")).group(), type(b.match(B(b"a")).group())
type(p.match(S("ab")).group()), p.match(S("ab")).string, type(p.match(S("ab")).string), type(p.sub("", S("zz"))), type(p.split(S("zz"))[0])
re.findall(r"\w+", text), re.findall("(t)(h)?", text), re.findall("(t)|h", text), re.findall(rb"\w", b"ab"), re.findall("", "ab")
re.findall("é", text), re.findall(r"é(\d)?", text), re.findall("x", text), p.findall("abab", 1), p.findall("abab", 1, 3), p.findall("été abab", 4)
p.findall()
iterate(re.finditer(r"\w+", text)), iterate(re.finditer("", "é\n")), type(re.finditer("", "")).__name__
list(p.finditer("été ab a", 2, 7))
re.split(r"[,;]\s*", text), re.split(r"([,;])(x)?", text), re.split(r"\s", text, maxsplit=2), re.split("x*", "axbc"), re.split("", "é"), p.split("abc", -1)
re.split(b",", b"a,b"), re.split("x", ""), p.split(3)
re.sub("t", "T", text), re.subn("t", "T", text), re.sub("t", "T", text, count=1), re.sub("(t)(h)", r"\2\1", text), re.sub("é", "", text), p.sub("x", "abab", -1)
re.sub(r"\w+", upper, text), re.sub(r"\w+", nested, text), re.sub("(?P<x>t)", r"[\g<x>]", text), re.sub("(t)|(c)", r"[\2]", text), re.sub("", "-", "aé")
re.sub(b"a", b"[\\g<0>]", b"banana"), re.sub(b"a", lambda m: b"o", b"banana"), re.sub(b"a", bytearray(b"x"), b"banana"), re.sub(b"a", memoryview(b"\\\\"), b"banana")
re.sub("x", "y", text) is text, re.sub("a", lambda m: None, "banana"), re.sub("a", S("o"), "banana"), re.sub("a", S(r"\\o"), "banana"), re.sub("b", "", "b")
p.sub("x")
p.sub("x", "a", "y")
p.sub(b"x", "ab")
p.sub(b"\\\\", "ab")
p.sub(lambda m: b"x", "ab cab")
p.sub(lambda m: 3, "cab ab")
p.sub(lambda m: 1 / 0, "ab")
p.sub(3, "ab")
p.sub("\\2", "ab")
b.sub("x", b"-a")
b.sub(lambda m: 3, b"a")
b.sub("\\1", b"a")
scanned(p.scanner("ab a xab"), "search"), scanned(p.scanner("aba x"), "match"), scanned(re.compile("").scanner("ab"), "search"), scanned(re.compile("a|").scanner("aab"), "match")
scanned(w.scanner("éa éb éc"), "search"), p.scanner("ab").pattern is p, scanned(p.scanner("abab", 1, 3), "search")
p.scanner(3)
_sre.MAGIC, _sre.CODESIZE, _sre.MAXREPEAT, _sre.MAXGROUPS, _sre.getcodesize(), _sre.copyright
_sre.unicode_tolower(0x130), _sre.unicode_tolower(0x41), _sre.unicode_tolower(-1), _sre.ascii_tolower(0x41), _sre.ascii_tolower(0xc9), _sre.unicode_iscased(0x131), _sre.ascii_iscased(0xe9), _sre.ascii_iscased(65)
_sre.unicode_tolower("a")
_sre.unicode_tolower(1 << 40)
_sre.compile("a", 0, (), 0, {}, ())
_sre.compile("a", 0, [], 0, [], ())
_sre.compile("a", 0, [], 0, {}, [])
_sre.compile("a", "x", [], 0, {}, ())
_sre.compile("a", 1 << 40, [], 0, {}, ())
_sre.compile("a", 0, ["x"], 0, {}, ())
_sre.compile("a", 0, [-1], 0, {}, ())
_sre.compile("a", 0, [1 << 32], 0, {}, ())
_sre.compile("a", 0, [1 << 70], 0, {}, ())
_sre.compile("a", 0, [], 0, {}, ())
_sre.compile("a", 0, [1], -1, {}, ())
_sre.compile("a", 0, [1], 1 << 80, {}, ())
_sre.compile(1, 0, [1], 0, {}, ())
_sre.template("a", [])
_sre.template("a", ["x", -1, "y"])
_sre.template("a", ["x", "z", "y"])
_sre.template("a", ())
re.compile("(")
re.compile("a**")
re.compile("[z-a]")
re.compile(r"(?<=a+)b")
re.compile("(?P<a>x)(?P<a>y)")
re.fullmatch(r"(?P<n>\d+)(?:\.(?P<f>\d+))?", "3.14").groupdict(), re.escape("a.b*c é"), re.purge()
re.Scanner([(r"\d+", lambda s, x: int(x)), (r"\w+", lambda s, x: x), (r"\s+", None)]).scan("ab 12 c")
[re.match(r"(?i)straße", "STRAẞE") is not None, re.match("(?i)k", "\u212a") is not None, re.match("(?a)\\w", "é")]
interleaved()
re.template if hasattr(re, "template") else None
re.compile("a", 32 | 256)
'''

for line in EXPRESSIONS.strip().split("\n"):
    try:
        print(line, "->", repr(eval(line)))
    except Exception as e:
        print(line, "->", type(e).__name__ + ":", e)

# Lists of all lengths at which their memory changes, and around them.
for n in [*range(70), 127, 128, 129, 511, 512, 513, 514, 847, 848, 849, 1023, 1025, 2000, 5000, 17000, 40001]:
    numbers = [str(i) for i in range(n)]
    text = " ".join(numbers)
    if re.findall(r"\d+", text) != numbers or re.split("( )", text)[::2] != (numbers or [""]):
        print("lists of", n)
