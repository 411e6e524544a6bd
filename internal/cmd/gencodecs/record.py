"""Describe the text encodings of this Python, for source/codecs_gen.go.

Lines of the result: "alias NAME CODEC" for each name that a declaration may
use, normalised; "binary NAME" for codecs that are not of text; "charmap CODEC
HEX" with the characters of the 256 bytes in UTF-8, U+FFFE where there is
none; "pairs CODEC" and then "PAIR CHARACTERS" in hexadecimal for each sequence of
bytes, other than an ASCII one, that is one character or a few."""

import codecs
import encodings
import encodings.aliases
import pkgutil

PAIRS = set(
    "gbk gb2312 gb18030 big5 cp950 big5hkscs shift_jis cp932 euc_jp euc_kr cp949".split()
)
SPECIAL = set(
    """utf_7 utf_8 utf_8_sig utf_16 utf_16_le utf_16_be utf_32 utf_32_le utf_32_be
    ascii latin_1 iso8859_1 undefined""".split()
)

names = set(encodings.aliases.aliases) | set(encodings.aliases.aliases.values())
names |= {m.name for m in pkgutil.iter_modules(encodings.__path__)}


def module(name):
    return encodings.aliases.aliases.get(name, name)


def charmap(name):
    chars = []
    for c in range(256):
        try:
            s = bytes([c]).decode(name)
        except UnicodeDecodeError as e:
            if e.reason != "character maps to <undefined>":
                return None
            s = "\ufffe"
        if len(s) != 1:
            return None
        chars.append(s)
    return "".join(chars)


def pairs(name):
    yield "pairs " + name
    single = set()
    for a in range(0x80, 0x100):
        try:
            yield f"{a:02x} {bytes([a]).decode(name).encode().hex()}"
            single.add(a)
        except UnicodeDecodeError:
            pass
    for a in range(0x80, 0x100):
        for b in range(0x100 if a not in single else 0):
            try:
                s = bytes([a, b]).decode(name)
            except UnicodeDecodeError:
                continue
            yield f"{a:02x}{b:02x} {s.encode().hex()}"
    if name == "euc_jp":
        for a in range(0xA1, 0xFF):
            for b in range(0xA1, 0xFF):
                try:
                    s = bytes([0x8F, a, b]).decode(name)
                except UnicodeDecodeError:
                    continue
                yield f"8f{a:02x}{b:02x} {s.encode().hex()}"


lines, codecs_seen = [], {}
for name in sorted(names):
    try:
        info = codecs.lookup(name)
    except LookupError:
        continue
    if not info._is_text_encoding:
        lines.append(f"binary {name}")
        continue
    m = module(name)
    if m not in codecs_seen:
        table = None if m in SPECIAL or m in PAIRS else charmap(m)
        codecs_seen[m] = table
        if table:
            lines.append(f"charmap {m} {table.encode().hex()}")
    lines.append(f"alias {name} {m}")
for name in sorted(PAIRS):
    lines.extend(pairs(name))
result = "\n".join(lines) + "\n"
