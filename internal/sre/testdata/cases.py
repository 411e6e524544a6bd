"""Compiles patterns with the re package and matches subjects, one JSON object per line.

    cases.py golden            the patterns of patterns.txt
    cases.py random SEED N     N patterns made at random
    cases.py characters        instead, characters that have case: each with its lower case

A line has the codes of a pattern, its number of groups, whether it is for bytes, and cases: subject
(hex of UTF-8 with surrogates, or of the bytes), pos, endpos, and what match, fullmatch, search and finditer
find. A match is the list of its spans and lastindex (0 for None).
"""
import ast
import json
import os
import random
import re
import signal
import sys
import warnings
from re import _compiler, _parser

warnings.simplefilter("ignore")
NAMES = {"i": re.I, "m": re.M, "s": re.S, "x": re.X, "a": re.A, "u": re.U, "l": re.L}


def describe(m):
    if m is None:
        return None
    return [i for span in m.regs for i in span] + [m.lastindex or 0]


def scan(pattern, subject, how):
    out = []
    step = getattr(pattern.scanner(subject), how)
    while len(out) < 40:
        m = step()
        if m is None:
            break
        out.append(describe(m))
    return out


def record(text, flags, subjects, spans):
    try:
        pattern = re.compile(text, flags)
        parsed = _parser.parse(text, flags)
        code = [int(c) for c in _compiler._code(parsed, flags)]
    except (re.error, OverflowError, ValueError, RecursionError):
        return None
    cases = []
    for s in subjects:
        data = s if isinstance(s, bytes) else s.encode("utf-8", "surrogatepass")
        for pos, end in spans(s):
            cases.append([data.hex(), pos, end,
                          describe(pattern.match(s, pos, end)),
                          describe(pattern.fullmatch(s, pos, end)),
                          describe(pattern.search(s, pos, end))])
        cases[-1] += [scan(pattern, s, "search"), scan(pattern, s, "match")]
    return {"re": repr(text), "flags": flags, "bytes": isinstance(text, bytes), "groups": pattern.groups,
            "code": code, "cases": cases}


def whole(s):
    yield 0, len(s)


def some(rng):
    def spans(s):
        yield 0, len(s)
        if rng.random() < 0.3:
            a, b = rng.randrange(len(s) + 1), rng.randrange(len(s) + 1)
            yield a, b
            yield 0, len(s)
    return spans


def golden():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "patterns.txt")
    rng = random.Random(1)
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            # flags, pattern, subjects: Python literals with tabs between them
            flags, pattern, *subjects = line.split("\t")
            value = 0
            for c in flags.strip("-"):
                value |= NAMES[c]
            r = record(ast.literal_eval(pattern), value, [ast.literal_eval(s) for s in subjects], some(rng))
            if r is None:
                raise SystemExit("does not compile: " + pattern)
            yield r


ALPHABETS = ["ab", "abc", "aAbB", "ab1 ", "a_ \n", "aé", "aéЖ", "sſkK\u212a", "iIİı", "ab\n", "a\U00010400\U00010428b",
             "µμ", "ßẞ", "a\ud800b", "ΣςσA", "\u0660\u0661aé ", "\u2028\x85 a", "a\xff\x80", "\u4e00\u4e8c\uff41a", "ab,.-"]


class Maker:
    def __init__(self, rng, chars):
        self.rng, self.chars, self.groups, self.closed, self.names = rng, chars, 0, [], 0

    def pick(self, *choices):
        return self.rng.choice(choices)

    def char(self):
        return re.escape(self.rng.choice(self.chars))

    def set(self):
        parts = []
        for _ in range(self.rng.randint(1, 4)):
            k = self.rng.random()
            if k < 0.45:
                parts.append(self.char())
            elif k < 0.65:
                a, b = sorted([self.rng.choice(self.chars), self.rng.choice(self.chars)])
                parts.append(re.escape(a) + "-" + re.escape(b))
            elif k < 0.8:
                parts.append(self.pick(r"\d", r"\D", r"\w", r"\W", r"\s", r"\S"))
            elif k < 0.9:
                parts.append(self.pick("a-z", "A-Z", "0-9", "\x00-\x7f", "é-ü", "α-ω", "\U00010400-\U0001044f", "\u0400-\u04ff"))
            else:
                parts.append(self.char() + self.char())
        return "[" + self.pick("", "", "^") + "".join(parts) + "]"

    def atom(self, depth):
        k = self.rng.random()
        if k < 0.38:
            return self.char()
        if k < 0.46:
            return "."
        if k < 0.58:
            return self.set()
        if k < 0.66:
            return self.pick(r"\d", r"\w", r"\s", r"\W", r"\D", r"\S")
        if k < 0.71:
            return self.pick("^", "$", r"\b", r"\B", r"\A", r"\Z")
        if k < 0.75 and self.closed:
            return "\\" + str(self.rng.choice(self.closed)) + "(?:)"
        if depth <= 0:
            return self.char()
        if k < 0.85:
            self.groups += 1
            n = self.groups
            s = "(" + self.alternatives(depth - 1) + ")"
            self.closed.append(n)
            return s
        if k < 0.93:
            return "(?:" + self.alternatives(depth - 1) + ")"
        if k < 0.945:
            return "(?>" + self.alternatives(depth - 1) + ")"
        if k < 0.96:
            return self.pick("(?=", "(?!") + self.alternatives(depth - 1) + ")"
        if k < 0.975:
            return self.pick("(?<=", "(?<!") + "".join(self.pick(self.char(), ".", self.set()) for _ in range(self.rng.randint(1, 3))) + ")"
        if k < 0.985 and self.groups:
            return "(?(%d)%s|%s)" % (self.rng.randint(1, self.groups), self.sequence(depth - 1), self.sequence(depth - 1))
        return "(?%s:%s)" % (self.pick("i", "s", "m", "-i", "a", "u", "is-m"), self.alternatives(depth - 1))

    def repeated(self, depth):
        s = self.atom(depth)
        if self.rng.random() < 0.4 and not s.startswith(("^", "$", r"\b", r"\B", r"\A", r"\Z")):
            s += self.pick("*", "+", "?", "*", "+", "{2}", "{1,2}", "{0,2}", "{2,}", "{0}", "{3}", "{1,3}")
            s += self.pick("", "", "", "?", "+")
        return s

    def sequence(self, depth):
        return "".join(self.repeated(depth) for _ in range(self.rng.choice([0, 1, 1, 2, 2, 3, 4])))

    def alternatives(self, depth):
        return "|".join(self.sequence(depth) for _ in range(self.rng.choice([1, 1, 1, 2, 2, 3])))


class TooLong(Exception):
    pass


def give_up(*args):
    raise TooLong


def subject(rng, chars):
    return "".join(rng.choice(chars) for _ in range(rng.choice([0, 1, 2, 3, 4, 6, 8, 12])))


def randomly(seed, count):
    rng = random.Random(seed)
    # Some patterns take ages.
    limit = hasattr(signal, "setitimer")
    if limit:
        signal.signal(signal.SIGALRM, give_up)
    while count > 0:
        chars = rng.choice(ALPHABETS)
        maker = Maker(rng, chars)
        text = maker.alternatives(rng.choice([1, 2, 2, 3]))
        flags = 0
        for f in (re.I, re.I, re.M, re.S):
            if rng.random() < 0.2:
                flags |= f
        subjects = [subject(rng, chars) for _ in range(5)]
        subjects += [subject(rng, rng.choice(ALPHABETS)) for _ in range(2)]
        if rng.random() < 0.2:
            try:
                text = text.encode("latin-1")
                subjects = [s.encode("utf-8", "surrogatepass") for s in subjects]
            except UnicodeEncodeError:
                continue
            if rng.random() < 0.3:
                flags |= re.L
        elif rng.random() < 0.2:
            flags |= re.A
        try:
            if limit:
                signal.setitimer(signal.ITIMER_REAL, 0.5)
            r = record(text, flags, subjects, some(rng))
        except TooLong:
            continue
        finally:
            if limit:
                signal.setitimer(signal.ITIMER_REAL, 0)
        if r is not None:
            count -= 1
            yield r


def characters():
    import _sre
    for c in range(0x110000):
        if _sre.unicode_iscased(c):
            yield [c, _sre.unicode_tolower(c)]
        elif _sre.unicode_tolower(c) != c:
            raise SystemExit("a character without case has a lower case")


if __name__ == "__main__":
    if sys.argv[1] == "characters":
        records = characters()
    elif sys.argv[1] == "golden":
        records = golden()
    else:
        records = randomly(int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.reconfigure(encoding="ascii", newline="\n")
    for r in records:
        print(json.dumps(r, separators=(",", ":")))
