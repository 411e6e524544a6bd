"""Print which characters may stand in identifiers, as lines FIRST LAST KIND in
hexadecimal: kind start for those that may begin one, continue for those that
may only follow. Run by genunidata's user; see identifiers.txt."""


def kind(c):
    if c != "_" and c.isidentifier():
        return "start"
    return "continue" if ("a" + c).isidentifier() else ""


def ranges():
    first, was = 0, ""
    for c in range(0x110001):
        now = kind(chr(c)) if c < 0x110000 else ""
        if now != was:
            if was:
                yield f"{first:04X} {c - 1:04X} {was}"
            first, was = c, now


result = "\n".join(ranges()) + "\n"
if __name__ == "__main__":
    print(result, end="")
