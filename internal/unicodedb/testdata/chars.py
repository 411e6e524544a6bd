"""What Python says of each character: line(code) is all of it, and sums() has a
line for each 0x1000 characters, their first one and a hash of their lines."""
import hashlib
import struct
import unicodedata
from unicodedata import normalize, ucd_3_2_0


def hexes(text):
    return ".".join(f"{ord(c):X}" for c in text)


def line(code):
    c = chr(code)
    facts = [f"{code:04X}"]
    facts.append("".join(str(int(yes)) for yes in (
        c.isalpha(), c.isalnum(), c.isnumeric(), c.isdecimal(), c.isdigit(), c.islower(), c.isupper(), c.istitle(),
        c.isspace(), c.isprintable(), c.isidentifier(), ("a" + c).isidentifier(), len((c + "x").splitlines()) == 2)))
    facts += [hexes(text) for text in (c.upper(), c.lower(), c.title(), c.casefold())]
    for db in unicodedata, ucd_3_2_0:
        value = db.numeric(c, None)
        facts += [
            db.category(c), db.bidirectional(c), db.east_asian_width(c), str(db.combining(c)), str(db.mirrored(c)),
            str(db.decimal(c, -1)), str(db.digit(c, -1)), "-" if value is None else struct.pack(">d", value).hex(), db.decomposition(c)]
        for form in "NFC", "NFD", "NFKC", "NFKD":
            to = db.normalize(form, c)
            facts.append("" if to == c else hexes(to))
            facts.append(str(int(db.is_normalized(form, c))))
    return ";".join(facts) + "\n"


def block(first):
    return "".join(map(line, range(first, first + 0x1000)))


def sums(blocks=range(0, 0x110000, 0x1000)):
    return "".join(f"{first:06X} {hashlib.sha256(block(first).encode()).hexdigest()[:16]}\n" for first in blocks)
