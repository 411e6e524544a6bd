"""What programs tell: the module logging, with formats, filters and levels; pretty printing; command lines."""

import argparse
import io
import logging
import pprint
import shlex
import sys


class Shortener(logging.Filter):
    def filter(self, record):
        record.short = record.name.rpartition(".")[2]
        return "secret" not in record.getMessage()


def messages(count):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)-8s %(short)s:%(funcName)s %(message)s"))
    handler.addFilter(Shortener())
    root = logging.getLogger("app")
    root.setLevel(logging.INFO)
    root.propagate = False
    root.addHandler(handler)
    names = [logging.getLogger(f"app.part{n}.unit") for n in range(5)]
    for n in range(count):
        log = names[n % 5]
        log.debug("not seen %d", n)
        log.info("step %d of %s took %.2f s", n, "work", n / 7)
        if n % 5 == 0:
            log.warning("slow: %r", {"step": n})
        if n % 50 == 0:
            log.error("the secret is %s", n)
            try:
                [][n]
            except IndexError:
                log.info("no item", exc_info=n % 100 == 0, stack_info=False)
    root.removeHandler(handler)
    lines = stream.getvalue().splitlines()
    return len(lines), sum(map(len, (line for line in lines if "File" not in line)))


def printed(count):
    data = {f"key{n}": [(n, "x" * (n % 30)), {"a": n, "b": [n] * (n % 12)}, None] for n in range(count)}
    text = pprint.pformat(data, width=70)
    return len(text), text.count("\n"), len(pprint.saferepr(data))


def options(count):
    parser = argparse.ArgumentParser(prog="tool", description="A tool.")
    parser.add_argument("-v", "--verbose", action="count", default=0)
    parser.add_argument("--level", type=int, choices=range(10), default=3)
    parser.add_argument("--name", action="append", default=[])
    parts = parser.add_subparsers(dest="command")
    add = parts.add_parser("add")
    add.add_argument("files", nargs="+")
    add.add_argument("--force", action="store_true")
    parts.add_parser("list").add_argument("--long", action="store_true")
    total = 0
    for n in range(count):
        line = f"-vv --level {n % 10} --name=a{n} --name 'b c' " + (f"add --force f{n} g" if n % 2 else "list --long")
        got = parser.parse_args(shlex.split(line))
        total += got.verbose + got.level + len(got.name) + len(getattr(got, "files", ()))
    return total


def main(size):
    print(f"logs {messages(size)} {printed(size // 4)} {options(size // 20)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12000)
