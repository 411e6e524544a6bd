"""Times jobs for regular expressions and prints them, one JSON object per line.

Each has a name, the codes and groups of its pattern, how it is used (findall or match), its subject as
hex, how many matches there are and how many nanoseconds one run takes here.
"""
import json
import re
import sys
import time
from re import _compiler, _parser

PROSE = ("It was a bright cold day in April, and the clocks were striking thirteen. Nobody had told the "
         "keeper of the tower, who was asleep; 27 gulls sat on the rail. Hello, World! said one of them. ") * 100
RUSSIAN = ("Был ясный холодный день, и часы пробили тринадцать. Никто не сказал об этом сторожу башни, "
           "который спал; 27 чаек сидели на перилах. ") * 100
FRENCH = ("C'était une journée d'avril froide et claire; les horloges sonnaient treize heures. Le gardien, "
          "endormi, n'était pas prévenu. ") * 100
SOURCE = '''
def area(self, width=10, height=2.5):  # in metres
    if width < 0 or height < 0:
        raise ValueError("negative: " + str(width))
    return width * height + 3 * (self.margin - 1)
''' * 60
HTML = '<p class="x">some <b>bold</b> and <i title="t">italic</i> text, <a href="/a/b?c=d">a link</a></p>\n' * 100
LOG = '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326'
CSV = ",".join(" field%d , 12.%d" % (i, i) for i in range(500))
JSON = '{"name": "some \\"quoted\\" text", "values": [1, 2.5, -3e8], "nested": {"a": "b\\\\", "c": ""}}\n' * 60
HAYSTACK = "abcdefghij klmnop qrstuv wxyz " * 3000 + "the needle" + " more hay" * 10
WORDS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "theta", "iota", "kappa", "lambda", "omicron",
         "sigma", "tau", "upsilon", "omega", "tower", "clocks", "gulls"]

JOBS = [
    ("words", r"\w+", 0, "findall", PROSE),
    ("words-cyrillic", r"\w+", 0, "findall", RUSSIAN),
    ("words-french", r"\w+", 0, "findall", FRENCH),
    ("words-ascii", r"[A-Za-z]+", 0, "findall", PROSE),
    ("words-bytes", rb"\w+", 0, "findall", PROSE.encode()),
    ("separators", r"\W+", 0, "findall", PROSE),
    ("spaces", r"\s+", 0, "findall", PROSE),
    ("comma", r"\s*,\s*", 0, "findall", CSV),
    ("date-match", r"(\d{4})-(\d\d)-(\d\d)", 0, "match", "2024-02-29"),
    ("date-search", r"(\d{4})-(\d\d)-(\d\d)", 0, "findall", PROSE + "2024-02-29"),
    ("log-line", r'^(\S+) (\S+) (\S+) \[([^\]]+)\] "([^"]*)" (\d+) (\S+)$', 0, "match", LOG),
    ("log-line-named", r'(?P<host>[\d.]+) - (?P<user>\w+) \[(?P<when>.*?)\] "(?P<req>.*?)" (?P<status>\d{3}) (?P<size>\d+|-)', 0, "match", LOG),
    ("keywords", r"\b(?:if|else|elif|while|for|def|class|return|raise|or|and|not)\b", 0, "findall", SOURCE),
    ("alternatives", "|".join(WORDS), 0, "findall", PROSE),
    ("alternatives-icase", "|".join(WORDS), re.I, "findall", PROSE),
    ("icase", "hello, world", re.I, "findall", PROSE),
    ("icase-french", "PRÉVENU", re.I, "findall", FRENCH),
    ("lazy-tags", r"<.*?>", 0, "findall", HTML),
    ("greedy-tags", r"<[^>]*>", 0, "findall", HTML),
    ("lazy-groups", r'(\w+)="(.*?)"', 0, "findall", HTML),
    ("element", r"<(\w+)[^>]*>([^<]*)</\1>", 0, "findall", HTML),
    ("literal", "the needle", 0, "findall", HAYSTACK),
    ("literal-char", "!", 0, "findall", PROSE),
    ("literal-wide", "перилах", 0, "findall", RUSSIAN),
    ("tokens", r"(?P<num>\d+(?:\.\d*)?)|(?P<id>[A-Za-z_]\w*)|(?P<op>[-+*/=()<>:.,])|(?P<str>\"[^\"]*\")|(?P<ws>\s+)|(?P<c>#.*)", 0, "findall", SOURCE),
    ("json-strings", r'"(?:[^"\\]|\\.)*"', 0, "findall", JSON),
    ("numbers", r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?", 0, "findall", JSON),
    ("email", r"[\w.+-]+@[\w-]+\.[\w.-]+", 0, "findall", PROSE[:2000] + "mail me at a.b@example.com now"),
    ("identifier", r"[A-Za-z_][A-Za-z0-9_]*$", 0, "match", "some_identifier"),
    ("ipv4", r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$", 0, "match", "192.168.123.254"),
    ("lines", r"^(.*?):(.*)$", re.M, "findall", SOURCE),
    ("indents", r"^[ \t]+", re.M, "findall", SOURCE),
    ("trailing", r"\s+$", re.M, "findall", SOURCE),
    ("list", r"(\w+)(?:, (\w+))*$", 0, "match", ", ".join(["item"] * 50)),
    ("group-star", r"(?:a|b|c)*d", 0, "match", "abcabcabc" * 20 + "d"),
    ("nested-star", r"(?:[a-z]+\d?;)*$", 0, "match", "abc1;de;fgh2;" * 20),
    ("doubled", r"\b(\w+) \1\b", 0, "findall", PROSE),
    ("backtracking", r"(?:a+)+b", 0, "match", "a" * 16),
    ("backtracking-groups", r"(a|aa)+b", 0, "match", "a" * 18),
    ("lookahead", r"\w+(?=,)", 0, "findall", PROSE),
    ("lookbehind", r"(?<=, )\w+", 0, "findall", PROSE),
    ("camel", r"[A-Z]?[a-z]+|[A-Z]+(?=[A-Z]|$)|\d+", 0, "findall", "parseHTTPResponseHeader2xx" * 20),
    ("possessive", r'"[^"]*+"', 0, "findall", HTML),
    ("dotall", r"/\*.*?\*/", re.S, "findall", ("int a; /* a comment\n of two lines */ b = c;\n") * 100),
    ("format", r"%(?:\((?P<key>.*?)\))?(?P<modifiers>[-#0-9 +*.hlL]*?)[eEfFgGdiouxXcrs%]", 0, "findall", "value %5.2f of %(name)s and %%; " * 40),
    ("thousands", r"(\d)(?=(?:\d{3})+$)", 0, "findall", "12345678901234567890"),
]


def measure(f):
    """Nanoseconds of a run, the least of many short stretches: other processes disturb some of them only."""
    n = 1
    while True:
        t = time.perf_counter_ns()
        for _ in range(n):
            f()
        t = time.perf_counter_ns() - t
        if t > 400_000:
            break
        n *= 2
    best = t / n
    for _ in range(40):
        t = time.perf_counter_ns()
        for _ in range(n):
            f()
        best = min(best, (time.perf_counter_ns() - t) / n)
    return best


for name, text, flags, how, subject in JOBS:
    if len(sys.argv) > 1 and not re.search(sys.argv[1], name):
        continue
    pattern = re.compile(text, flags)
    code = [int(c) for c in _compiler._code(_parser.parse(text, flags), flags)]
    if how == "findall":
        found = len(pattern.findall(subject))
        ns = measure(lambda: pattern.findall(subject))
    else:
        found = int(pattern.match(subject) is not None)
        ns = measure(lambda: pattern.match(subject))
    data = subject if isinstance(subject, bytes) else subject.encode()
    print(json.dumps({"name": name, "code": code, "groups": pattern.groups, "how": how, "hex": data.hex(),
                      "bytes": isinstance(subject, bytes), "wide": isinstance(subject, str) and not subject.isascii(), "found": found, "ns": ns}))
