"""Numbers and records made into text: f-strings, format, %, and int and float read back."""

import sys


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __str__(self):
        return f"{self.cents // 100}.{self.cents % 100:02d}"

    def __repr__(self):
        return f"Money({self.cents!r})"

    def __format__(self, spec):
        return format(str(self), spec or ">10")


def invoice(number, items):
    lines = [f"Invoice {number:>08d}", "-" * 40]
    total = 0
    for name, count, cents in items:
        amount = count * cents
        total += amount
        lines.append(f"{name:<16.12}{count:>5} x {Money(cents):>8}{Money(amount)}")
    lines.append("=" * 40)
    lines.append(f"{'total':<24}{Money(total):>16}")
    return "\n".join(lines)


def table(n):
    """Many ways to write numbers."""
    x = n / 7
    return "|".join((
        f"{n:b}", f"{n:#x}", f"{n:o}", f"{n:,}", f"{-n:+d}", f"{n:_}", f"{n:^12}", f"{n!r:>9}",
        f"{x:.3f}", f"{x:10.2e}", f"{x:g}", f"{x:%}", f"{x:+08.2f}", f"{x!s:.6}", f"{x}", f"{n % 2 == 0}",
    ))


def old(n):
    return "%05d %-8s|%8.3f %x %r %c %%" % (n, "w%d" % n, n / 3, n, str(n), 65 + n % 26)


def templates(n):
    record = {"name": f"item{n}", "size": n * 3, "tags": ["x", "y"]}
    return "{name:>10} {size:<6d} {tags[1]} {0} {1:{2}}".format(n, n * 2, 8, **record)


def parse(line):
    """Read back what table wrote."""
    binary, hexadecimal, octal, comma, minus, *_, plain, even = line.split("|")
    total = int(binary, 2) + int(hexadecimal, 16) + int(octal, 8) + int(comma.replace(",", "")) - int(minus)
    return total + round(float(plain) * 7) + (even == "True")


def main(rounds):
    checksum = 0
    read = 0
    for n in range(1, rounds):
        line = table(n)
        read += parse(line)
        text = old(n) + templates(n) + line
        checksum = (checksum * 31 + len(text) + ord(text[n % len(text)])) % 1000003
        if n % 4 == 0:
            items = [(f"thing number {i * n}", i + 1, 99 + 17 * i) for i in range(n % 9)]
            bill = invoice(n, items)
            checksum = (checksum * 31 + sum(map(ord, bill[-30:])) + len(repr(Money(n)))) % 1000003
    print(f"formatting {read} {checksum}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60000)
