"""Methods of str and bytes on random texts."""
import random

WORDS = ["a", "b", "ab", "A", "Z", "\xe9", "\xc9", "\xdf", "\u4e2d", "\u03a3", "\u03a3", "\u03c3", "\u03c2", "\u0130", "\u01c5", "\u01c6", "\u02b0", "\u0345", "\u0301", "'", ".", "\ufb01", "\U0001f600", "\U00010400", "\U00010428",
         "\ud800", "\udc00", "\udfff", "\ud7ff", "\ue000", "\ud800\udc00", "\U00010000", "1", "\u0661", "\xb2", "\xbd", "_", "\\", "\"", "\x00", "\x1f", "\x7f", "\x80", "\xad", "\u2028", "\U000e0001", "\u0378", "\U0010ffff"]
SPACES = [" ", " ", "  ", "\t", "\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\xa0", "\u1680", "\u2000", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\u200b", "\u180e"]


def text(r, alphabet=None):
    alphabet = alphabet or r.choice([WORDS, WORDS, WORDS + SPACES, WORDS[:6] + SPACES, SPACES, ["a", "b", "ab", " "], ["a", "\xe9", "\u4e2d"], ["A", "b", "\t", "\n"]])
    return "".join(r.choice(alphabet) for _ in range(r.choice([0, 1, 2, 3, 4, 6, 10, 20, 70, 200])))


def raw(r):
    return bytes(r.choice(b"aAbB1 \t\n\r\v\f\x1c\x85\xa0\xff\x00\xe9'_\\\"") for _ in range(r.choice([0, 1, 2, 3, 5, 10, 30])))


def joined(pieces):
    if pieces and isinstance(pieces[0], bytes):
        return b"%d:" % len(pieces) + b"|".join(pieces)
    return f"{len(pieces)}:" + "|".join(pieces)


def lines(count, seed):
    r = random.Random(seed)
    for i in range(count):
        s = text(r)
        for name in r.sample(["upper", "lower", "casefold", "title", "capitalize", "swapcase"], 2):
            yield name, s, getattr(s, name)()
        for name in r.sample(["isalpha", "isalnum", "isnumeric", "isdecimal", "isdigit", "isspace", "islower", "isupper", "istitle", "isidentifier", "isprintable", "isascii"], 2):
            yield name, s, str(getattr(s, name)())
        limit = r.choice([-1, -1, 0, 1, 2, 5])
        yield "split", s, str(limit), joined(s.split(None, limit))
        yield "rsplit", s, str(limit), joined(s.rsplit(None, limit))
        yield "splitlines", s, "", joined(s.splitlines())
        yield "splitlines", s, "keep", joined(s.splitlines(True))
        for name in "strip", "lstrip", "rstrip":
            yield name, s, getattr(s, name)()
        chars = text(r)[:3]
        for name in "strip", "lstrip", "rstrip":
            yield name, s, chars, getattr(s, name)(chars)
        sep = text(r)[:r.choice([1, 1, 2])] if r.random() < .5 or not s else s[(k := r.randrange(len(s))):k + r.choice([1, 2])]
        if sep:
            yield "split", s, str(limit), sep, joined(s.split(sep, limit))
            yield "rsplit", s, str(limit), sep, joined(s.rsplit(sep, limit))
            yield "partition", s, sep, joined(s.partition(sep))
            yield "rpartition", s, sep, joined(s.rpartition(sep))
        sep = r.choice([sep, sep, ""])
        yield "count", s, sep, str(s.count(sep))
        new = r.choice(["", "x", "\u4e2d", "xyz", sep + sep])
        yield "replace", s, sep, new, str(limit), s.replace(sep, new, limit)
        width = r.choice([0, 1, 5, 9, 10, 40, 80])
        fill = r.choice("x \xe9\u4e2d\ud800")
        yield "center", s, str(width), fill, s.center(width, fill)
        yield "zfill", s, str(width), s.zfill(width)
        yield "zfill", "-" + s, str(width), ("-" + s).zfill(width)
        tab = r.choice([8, 1, 0, -1, 4, 3])
        t = s.replace(" ", "\t")
        yield "expandtabs", t, str(tab), t.expandtabs(tab)
        yield "repr", s, repr(s)
        yield "ascii", s, ascii(s)
        yield "len", s, str(len(s))
        if s:
            a, b = r.randrange(-3, len(s) + 3), r.randrange(-3, len(s) + 3)
            step = r.choice([1, 2, 3, -1, -2, -7, 63, 64, 65, 130, -64, -100])
            piece = slice(a if r.random() < .7 else None, b if r.random() < .7 else None, step)
            start, stop, step = piece.indices(len(s))
            yield "slice", s, str(start), str(step), str(len(range(start, stop, step))), s[piece]
            yield "offset", s, str(k := r.randrange(len(s) + 1)), str(len(s[:k].encode("utf-8", "surrogatepass")))
        if i % 3 == 0:
            s = raw(r)
            name = r.choice(["upper", "lower", "title", "capitalize", "swapcase"])
            yield "b" + name, s, getattr(s, name)()
            name = r.choice(["isalpha", "isalnum", "isdigit", "isspace", "islower", "isupper", "istitle"])
            yield "b" + name, s, str(getattr(s, name)())
            yield "bsplit", s, str(limit), joined(s.split(None, limit))
            yield "brsplit", s, str(limit), joined(s.rsplit(None, limit))
            yield "bsplitlines", s, "", joined(s.splitlines())
            yield "bsplitlines", s, "keep", joined(s.splitlines(True))
            for name in "strip", "lstrip", "rstrip":
                yield "b" + name, s, getattr(s, name)()
                chars = raw(r)[:3]
                yield "b" + name, s, chars, getattr(s, name)(chars)
            old, new = raw(r)[:r.choice([0, 1, 2])], raw(r)[:2]
            yield "breplace", s, old, new, str(limit), s.replace(old, new, limit)
            yield "bexpandtabs", s, str(tab), s.expandtabs(tab)
            yield "brepr", s, repr(s)
            yield "btranslate", s, old, s.translate(bytes(range(255, -1, -1)), old)
