"""Random texts and their normal forms, one a line: version, text, then NFC, NFD,
NFKC and NFKD, then what is_normalized says of the text."""
import random
import unicodedata


def hexes(text):
    return ".".join(f"{ord(c):X}" for c in text)


def texts(count, seed):
    r = random.Random(seed)
    every = [chr(c) for c in range(0x110000)]
    marks = [c for c in every if unicodedata.combining(c)]
    composing = [c for c in every if unicodedata.decomposition(c)]
    parts = sorted({p for c in composing for p in unicodedata.normalize("NFKD", c)})
    jamo = every[0x1100:0x1200] + every[0xAC00:0xD7A4:27]
    kinds = [marks, composing, parts, jamo, every, list("abcABC \u05d0\ud800\udc00")]
    for i in range(count):
        length = r.choice((1, 2, 3, 4, 6, 10, 40))
        yield "".join(r.choice(r.choice(kinds)) for _ in range(length))
        if i % 100 == 0:
            yield "a" + "".join(r.choice(marks) for _ in range(60)) + "b"


def lines(count, seed):
    for text in texts(count, seed):
        for name, db in ("16.0.0", unicodedata), ("3.2.0", unicodedata.ucd_3_2_0):
            yield ";".join(
                [name, hexes(text)]
                + [hexes(db.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")]
                + [str(int(db.is_normalized(form, text))) for form in ("NFC", "NFD", "NFKC", "NFKD")])
