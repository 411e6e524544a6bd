"""Regular expressions over a made-up log: groups, alternatives, lazy and greedy repeats, sub, split, lookaround."""

import re
import sys

LINE = re.compile(
    r"""(?P<day>\d{4}-\d\d-\d\d)\ (?P<time>\d\d:\d\d:\d\d)\.(?P<ms>\d{3})
        \ \[(?P<level>DEBUG|INFO|WARN|ERROR)\]
        \ (?P<host>[a-z]+\d*(?:\.[a-z]+)+)
        \ (?P<message>.*)""",
    re.VERBOSE,
)
REQUEST = re.compile(r'"(GET|POST|PUT) (/\S*?)(?:\?(\S+))? HTTP/1\.[01]" (\d{3}) (\d+|-)')
ADDRESS = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b")
QUOTED = re.compile(r"(['\"])(?:(?!\1).)*\1")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SLOW = re.compile(r"took (\d+(?:\.\d+)?)(ms|s)\b", re.IGNORECASE)


def make(count):
    """Return the text of the log."""
    lines = []
    seed = 7
    levels = ("DEBUG", "INFO", "INFO", "WARN", "ERROR")
    for n in range(count):
        seed = (seed * 16807) % 2147483647
        kind = seed % 4
        host = ("web", "db", "cache")[seed % 3]
        if kind == 0:
            what = f'10.{seed % 256}.0.{n % 256} "GET /items/{seed % 100}?page={n}&sort=name HTTP/1.1" 200 {seed % 9999}'
        elif kind == 1:
            what = f'"POST /orders HTTP/1.0" {500 if seed % 5 else 503} - from 192.168.{n % 7}.{seed % 250}'
        elif kind == 2:
            what = f"query 'select name from user where id = {seed % 77}' Took {seed % 900}.{n % 10}MS in readOnlyMode"
        else:
            what = f"OutOfRangeError at parseHeaderLine({seed % 999}): unexpected \"token's\" end"
        lines.append(
            f"2024-0{1 + n % 9}-{10 + n % 19} {n % 24:02}:{n % 60:02}:{seed % 60:02}.{seed % 1000:03}"
            f" [{levels[seed % 5]}] {host}{n % 12}.example.org {what}"
        )
    return "\n".join(lines)


def main(count):
    text = make(count)
    levels, hosts, bytes_sent, pages, slow = {}, set(), 0, 0, 0.0
    names = quotes = 0
    for line in text.splitlines():
        match = LINE.match(line)
        levels[match["level"]] = levels.get(match["level"], 0) + int(match["ms"])
        hosts.add(match["host"])
        message = match["message"]
        if request := REQUEST.search(message):
            method, path, query, status, size = request.groups()
            if size != "-":
                bytes_sent += int(size)
            if query:
                pages += int(dict(part.split("=") for part in re.split("[&;]", query))["page"])
        elif took := SLOW.search(message):
            slow += float(took[1]) / (1000 if took[2].lower() == "ms" else 1)
        quotes += sum(len(m.group()) for m in QUOTED.finditer(message))
        for word in re.findall(r"\b[A-Za-z]+\b", message):
            if not word.isupper():
                names += len(CAMEL.split(word))
    hidden = ADDRESS.sub(lambda m: "x" * len(m[0]), text)
    flat, changes = re.subn(r"(\w+)@?\.example\.(org|com)", r"\2:\1", hidden)
    errors = re.findall(r"^\S+ \S+ \[ERROR\] (\w+)", text, re.MULTILINE)
    summary = " ".join(f"{k}={levels[k]}" for k in sorted(levels))
    print(f"regexlog {summary} {len(hosts)} {bytes_sent} {pages} {slow:.3f} {names} {quotes} {changes} {len(flat)} {len(errors)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 32000)
