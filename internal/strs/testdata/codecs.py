"""Encoding and decoding random texts and bytes."""
import _codecs
import codecs
import random
import warnings

warnings.simplefilter("ignore")
CHARS = ["a", "bc", "+", "-", "\\", "~", "\n", "\r\t", "\x00", "\x7f", "\x80", "\xe9", "\xff", "\u0100", "\u0394", "\u4e2d", "\ufffe", "\uffff", "\ufeff", "\U0001f600", "\U0010ffff",
         "\U000f0000", "\U000f0201", "\ud7a3", "\uac00", "\u0378", "\u20ac", "'", "\"", "?", "\\u0041", "\\U00000041", "/", "A", "0"]
SURROGATES = ["\ud800", "\udbff", "\udc00", "\udc80", "\udcff", "\udfff", "\udc81\udc82", "\udc83\ud800"]
POLICIES = ["strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace", "surrogateescape", "surrogatepass", "other"]
SKIP = [b"", b"x", b"ab", b"zz"]


def other(e):
    """A handler of its own: it takes strange things and goes on in strange places."""
    if isinstance(e, UnicodeDecodeError):
        return "<%d-%d %s>" % (e.start, e.end, e.reason), min(e.end + (e.start % 3 == 1), len(e.object))
    n = e.end - (e.start % 2 and e.end - e.start > 1)
    if e.start % 5 == 4:
        return b"\x01\x02\x03\x04"[:e.start // 5 % 5], n
    return ["<%d>" % e.start, "\xe9", "", "\u20ac", "&"][e.start % 5], n


codecs.register_error("other", other)
TABLES = ["".join(map(chr, range(256))), "".join(map(chr, range(128))) + "\u20ac\ufffe\u0394" * 40 + "\U0001f600", "\u0394a\ufffebc"]


def text(r, surrogates):
    kinds = r.choice([CHARS, CHARS, CHARS[:6] + CHARS[-2:], CHARS + SURROGATES * 2]) if surrogates else CHARS
    return "".join(r.choice(kinds) for _ in range(r.choice([0, 1, 2, 3, 5, 8, 20])))


def damage(r, b):
    b = bytearray(b)
    for _ in range(r.choice([0, 0, 1, 1, 2, 4])):
        k = r.random()
        i = r.randrange(len(b) + 1)
        if k < .3:
            del b[i:i + r.choice([1, 2, 3])]
        elif k < .6:
            b[i:i] = r.choice([b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\xe0\x80\x80", b"\xf0\x80\x80\x80", b"\x80", b"\xff", b"\xc3", b"\xe4\xb8", b"\xf0\x9f\x98", b"+", b"\\", b"\xd8\x00", b"\x00\xd8", b"\x00\xdc", b"\x11\x00"])
        elif i < len(b):
            b[i] = r.randrange(256)
    if r.random() < .2:
        del b[r.randrange(len(b) + 1):]
    return bytes(b)


def escapes(r):
    parts = [b"\\n", b"\\x41", b"\\xe9", b"\\u4e2d", b"\\ud800", b"\\U0001f600", b"\\U00110000", b"\\N{DIGIT ONE}", b"\\N{NULL}", b"\\N{no such}", b"\\101", b"\\7", b"\\777", b"\\d", b"\\\n", b"\\\\", b"\\", b"\\x", b"\\xg", b"\\u12", b"\\U0001", b"\\N{", b"\\N", b"\\N{}", b"a", b"\xe9", b"9", b"}"]
    return b"".join(r.choice(parts) for _ in range(r.choice([1, 2, 3, 5, 9])))


def result(f, *args):
    try:
        x = f(*args)
    except (UnicodeEncodeError, UnicodeDecodeError) as e:
        return "%s %d %d %s" % (e.encoding, e.start, e.end, e.reason)
    except Exception as e:
        return "%s: %s" % (type(e).__name__, e)
    if not isinstance(x, tuple):
        return x
    x, n = x[:2]
    return x + (" %d" % n if isinstance(x, str) else b" %d" % n)


DECODERS = {
    "utf-8": _codecs.utf_8_decode, "utf-7": _codecs.utf_7_decode, "utf-16": _codecs.utf_16_decode, "utf-16-le": _codecs.utf_16_le_decode,
    "utf-16-be": _codecs.utf_16_be_decode, "utf-32": _codecs.utf_32_decode, "utf-32-le": _codecs.utf_32_le_decode, "utf-32-be": _codecs.utf_32_be_decode,
    "unicode-escape": _codecs.unicode_escape_decode, "raw-unicode-escape": _codecs.raw_unicode_escape_decode,
}


def lines(count, seed):
    r = random.Random(seed)
    names = list(DECODERS) + ["ascii", "latin-1", "utf-8", "charmap"]
    for _ in range(count):
        enc, policy = r.choice(names), r.choice(POLICIES)
        s = text(r, True)
        table = r.choice(TABLES)
        if enc == "charmap":
            mapping = {ord(c): i for i, c in reversed(list(enumerate(table))) if c != "\ufffe"}
            mapping.update({ord(c): i for i, c in enumerate(table) if c != "\ufffe"})
            yield "encode", enc, policy, s, table, result(lambda: _codecs.charmap_encode(s, policy, mapping)[0])
            data = damage(r, s.encode("utf-8", "replace"))
            yield "decode", enc, policy, "final", data, table, result(_codecs.charmap_decode, data, policy, table)
            continue
        yield "encode", enc, policy, s, result(s.encode, enc, policy)
        data = damage(r, text(r, False).encode(enc, "ignore"))
        if "escape" in enc and r.random() < .8:
            data = escapes(r)
        if r.random() < .2:
            data = damage(r, r.randbytes(r.choice([1, 2, 4, 8])))
        if enc in DECODERS:
            yield "decode", enc, policy, "final", data, result(DECODERS[enc], data, policy, True)
            yield "decode", enc, policy, "", data, result(DECODERS[enc], data, policy, False)
        elif enc == "ascii":
            yield "decode", enc, policy, "final", data, result(_codecs.ascii_decode, data, policy)
        else:
            yield "decode", enc, policy, "final", data, result(_codecs.latin_1_decode, data, policy)
        errors = r.choice(["strict", "replace", "ignore", "foo"])
        data = escapes(r)
        yield "unescape", errors, data, result(lambda: _codecs.escape_decode(data, errors)[0])
        yield "escape", data, _codecs.escape_encode(data)[0]
