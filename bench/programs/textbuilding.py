"""Strings built and taken apart: join, +=, replace, split, strip, find, translate, slices, case."""

import sys

WORDS = "krait cobra mamba viper adder boa python anaconda sidewinder taipan naïve größe".split()
SECRET = str.maketrans("abcdefghijklmnopqrstuvwxyz", "nopqrstuvwxyzabcdefghijklm")


def sentence(seed):
    words = []
    for _ in range(8 + seed % 7):
        seed = (seed * 75 + 74) % 65537
        words.append(WORDS[seed % len(WORDS)])
    return " ".join(words).capitalize() + "."


def paragraph(seed):
    text = ""
    for n in range(6):
        if text:
            text += " "
        text += sentence(seed * 7 + n)
    return text


def wrap(text, width):
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = line + " " + word if line else word
    lines.append(line)
    return "\n".join(lines)


def caesar(text):
    return text.translate(SECRET)


def shrink(text):
    """Write runs of a character as the character and a number."""
    out = []
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or text[i] != text[start]:
            out.append(text[start] if i - start == 1 else text[start] + str(i - start))
            start = i
    return "".join(out)


def count(text, part):
    found, place = 0, text.find(part)
    while place >= 0:
        found += 1
        place = text.find(part, place + len(part))
    return found


def palindromes(text):
    letters = [c for c in text.lower() if c.isalpha()]
    return sum(letters[i] == letters[-1 - i] for i in range(len(letters) // 2))


def main(rounds):
    lengths = lines = vowels = same = 0
    checksum = 0
    for n in range(rounds):
        text = paragraph(n)
        wrapped = wrap(text, 60)
        lines += wrapped.count("\n") + 1
        changed = wrapped.replace("\n", " | ").replace("cobra", "COBRA").title().swapcase()
        lengths += len(changed) + len(changed.encode())
        hidden = caesar(text)
        same += caesar(hidden) == text and hidden.lower().startswith("x") is False
        vowels += sum(map(text.count, "aeiou")) + count(text, "an")
        head, _, tail = text.partition(". ")
        checksum = (checksum * 31 + palindromes(head) + len(shrink(tail[:200])) + ord(text[n % len(text)])) % 1000003
        checksum += len(" ".join(tail.rstrip(".").rsplit(" ", 3)[::-1]).center(80, "*").strip("*").zfill(90))
        checksum += sum([line.strip().endswith(("a", ".")) for line in wrapped.splitlines()])
    print(f"textbuilding {lengths} {lines} {vowels} {same} {checksum}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9000)
