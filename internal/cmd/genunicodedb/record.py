# Leaves in result what package unicodedb has to know of each character, one fact
# a line; generate.go reads it. Consecutive characters with the same facts share
# a line "KIND FIRST LAST FACTS...". Code points are hexadecimal.
import ctypes
import unicodedata
from unicodedata import normalize, ucd_3_2_0 as old

assert unicodedata.unidata_version == "16.0.0"

simple = []
for name in "_PyUnicode_ToUppercase", "_PyUnicode_ToLowercase", "_PyUnicode_ToTitlecase":
    f = getattr(ctypes.pythonapi, name)
    f.argtypes, f.restype = [ctypes.c_uint32], ctypes.c_uint32
    simple.append(f)


def mapping(code, text):
    """A case mapping: the distance for a single character, else all of them."""
    if len(text) == 1:
        return str(ord(text) - code)
    return "=" + points(text)


def points(text):
    return ".".join(f"{ord(c):X}" for c in text)


def types(code, c):
    flags = 0
    # Whether a character is cased, and whether final sigma overlooks it, shows
    # in what happens to its neighbours.
    ignorable = ("A\u03a3" + c + "A").lower()[1] == "\u03c3" and ("A\u03a3" + c).lower()[1] == "\u03c2"
    for bit, yes in enumerate((
        c.isalpha(), c.islower(), c.isupper(), c.istitle() and not c.isupper(), c.isspace(),
        len((c + "x").splitlines()) == 2, (c + "A").title()[-1] == "a", ignorable, c.isnumeric(),
    )):
        flags |= yes << bit
    facts = [str(flags), str(unicodedata.decimal(c, -1)), str(unicodedata.digit(c, -1))]
    facts += [str(f(code) - code) for f in simple]
    facts += [mapping(code, t) for t in (c.upper(), c.lower(), c.title(), c.casefold())]
    return " ".join(facts)


def properties(code, c):
    return " ".join((
        unicodedata.category(c), unicodedata.bidirectional(c) or "-", unicodedata.east_asian_width(c),
        str(unicodedata.combining(c)), str(unicodedata.mirrored(c)), repr(unicodedata.numeric(c, -1.0)),
        "".join(str(int(normalize(form, c) != c)) for form in ("NFD", "NFKD", "NFC", "NFKC")),
    ))


def answers(db, c):
    return [db.category(c), db.bidirectional(c) or "-", db.east_asian_width(c), db.combining(c), db.mirrored(c),
            db.numeric(c, -1.0), db.decimal(c, -1), db.digit(c, -1)]


def earlier(code, c):
    """What is said of a character in Unicode 3.2, "-" if the same as today."""
    was = answers(old, c)
    return "-" if was == answers(unicodedata, c) else " ".join(map(str, was))


lines = []
for kind, facts in ("t", types), ("p", properties), ("o", earlier):
    first, was = 0, facts(0, "\0")
    for code in range(1, 0x110001):
        now = facts(code, chr(code)) if code < 0x110000 else ""
        if now != was:
            lines.append(f"{kind} {first:X} {code - 1:X} {was}")
            first, was = code, now

for code in range(0x110000):
    c = chr(code)
    raw = unicodedata.decomposition(c)
    if old.category(c) == "Cn":
        assert not old.decomposition(c) and old.normalize("NFKD", c) == c
    else:
        assert old.decomposition(c) == raw
        if old.normalize("NFD", c) != normalize("NFD", c):
            assert old.normalize("NFD", c) == old.normalize("NFKD", c)
            lines.append(f"c {code:X} {points(old.normalize('NFD', c))}")
    if not raw or 0xAC00 <= code <= 0xD7A3:  # Hangul syllables are computed
        continue
    tag = "-"
    if raw[0] == "<":
        tag, raw = raw.split(" ", 1)
    raw = ".".join(f"{int(x, 16):X}" for x in raw.split())
    lines.append(f"d {code:X} {tag} {raw} {points(normalize('NFD', c))} {points(normalize('NFKD', c))}")
    if tag == "-" and "." in raw and normalize("NFC", "".join(chr(int(x, 16)) for x in raw.split("."))) == c:
        lines.append(f"m {code:X} {raw}")
result = "\n".join(lines) + "\n"
