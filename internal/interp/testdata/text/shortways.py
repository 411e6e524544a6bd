# What programs do with text all the time has shorter ways than what is rare; here they meet.
import _functools
import _json


def parts(s):
    bounds = (None, 0, 1, 2, 5, 100, -1, -2, -100, 10**30, -10**30)
    return [s[i:j] for i in bounds for j in bounds]


for text in ("", "a", "hello world", "naïve", "größe 😀 x", "\ud800b"):
    print(ascii(parts(text)))
    print(ascii([text[i] for i in range(-len(text), len(text))]))
    print(ascii([c for c in text]), [c == d for c in text for d in text].count(True))
for i in (3, -4):
    try:
        print("abc"[i])
    except IndexError as error:
        print(error)


class Text(str):
    def __init__(self, *args):
        print("made of", args)

    def __getitem__(self, i):
        return "got"

    def __eq__(self, other):
        return "equal"

    def __len__(self):
        return 0

    def __add__(self, other):
        return "sum"

    __hash__ = str.__hash__


class Named:
    def __str__(self):
        return Text("named")


t = Text("text")
print(t[0], t[0:1], t == "text", "text" == t, bool(t), t + "x", "x" + t, [c for c in t], "yes" if t else "no")
print(type(str(Named())), "yes" if t == "other" else "no")


# Functions whose other parameters are keyword only, or absent.
print((258).to_bytes(2), (258).to_bytes(2, "little"), (-2).to_bytes(3, signed=True), (0).to_bytes(0), (7).to_bytes())
for size in (0, 1):
    try:
        print((258).to_bytes(size))
    except OverflowError as error:
        print(error)
for call in (
    lambda: (1).to_bytes(1, "big", True), lambda: int.from_bytes(), lambda: "a".isdigit(1), lambda: len(), lambda: len([], []),
    lambda: "a".find(), lambda: "a".find("a", 0, 1, 2), lambda: str(1, 2, 3, 4), lambda: int("1", 2, 3), lambda: float(1, 2), lambda: range(),
    lambda: zip([], strict=1, other=2), lambda: list(map(len)), lambda: list(map(len, [1])), lambda: list(map(str.upper, [1])),
):
    try:
        print(call())
    except TypeError as error:
        print(error)


# A class method of a builtin type at one place, for many classes.
class Number(int):
    pass


class Other(int):
    @classmethod
    def from_bytes(cls, *args):
        return cls, args


for cls in (int, int, Number, int, Other, Number, bool, int):
    print(repr(cls.from_bytes(b"\1", "big")), cls.__name__)
Number.from_bytes = lambda *args: args
for cls in (int, Number):
    print(cls.from_bytes(b"\1", "big"))
print([dict.fromkeys(k, 0) for k in ("ab", "c")])


# Builtin functions that Go code calls.
words = "one two three".split()
print(list(map(len, words)), list(map(str.upper, words)), list(map("".join, [words, "ab"])), sorted(words, key=len), max(words, key=str.lower))
print(list(map(words[0].find, "ne")), list(map(int, "123")), list(map(pow, [2, 3], [3, 2])), _functools.reduce(max, [3, 5, 4]), list(filter(str.isalpha, "a1b")))
print(b"bytes".decode(), ascii(b"\xc3\xa9".decode()), b"".decode(), b"x" * 30 == (b"x" * 30).decode().encode())
try:
    b"\xff".decode()
except UnicodeDecodeError as error:
    print(error.start, error.reason)


# JSON: circles, deep and not so deep; members that are given twice.
class Context:
    strict, object_hook, object_pairs_hook, memo = True, None, None, {}
    parse_float, parse_int, parse_constant = float, int, None


def dumps(value, default=None):
    markers = {}
    try:
        encode = _json.make_encoder(markers, default, _json.encode_basestring_ascii, None, ": ", ", ", False, False, True)
        return "".join(encode(value, 0))
    finally:
        if default is not None:
            print(len(markers), "left")


def loads(text, **hooks):
    context = Context()
    vars(context).update(hooks)
    return _json.make_scanner(context)(text, 0)


for depth in (0, 3, 40):
    inner = outer = []
    for _ in range(depth):
        outer = [{"in": outer}]
    print(len(dumps(outer)), loads(dumps([outer, outer]))[0] == [outer, outer])
    inner.append(outer)
    try:
        dumps(outer)
    except ValueError as error:
        print(error, len(error.__notes__))
try:
    dumps(Named(), lambda value: [value])
except ValueError as error:
    print(error)
print(dumps([Named(), {"a": Named()}], lambda value: [1, {}, ["named"]]))
print(loads('{"a": 1, "b": {"a": 2, "c": {}, "a": 3}, "a": [{}, {"q": []}]}'))
print(loads('{"a": {"b": 1}, "a": 2}', object_pairs_hook=list), loads('{"a": {"b": 1}}', object_hook=lambda d: [*d]))
