"""Words of a made-up text: counted, ranked, followed by others, and written anew by a Markov chain."""

import sys
from collections import Counter, defaultdict

SYLLABLES = "ka ra it co bra ma mba vi per a dder bo py thon na ja ta i pan".split()
MARKS = ".,;:!?\"'()"


def text(words):
    """Return lines of text with so many words, the frequent ones short."""
    seed, lines, line = 99, [], []
    for n in range(words):
        seed = (seed * 16807) % 2147483647
        word = "".join([SYLLABLES[(seed >> shift) % len(SYLLABLES)] for shift in range(0, 3 + seed % 13, 5)])
        if n % 9 == 0:
            word = word.capitalize()
        if n % 7 == 6:
            word += MARKS[seed % len(MARKS)]
        line.append(word)
        if len(line) == 12:
            lines.append(" ".join(line))
            line = []
    lines.append(" ".join(line))
    return "\n".join(lines)


def words_of(book):
    for line in book.split("\n"):
        for word in line.lower().split():
            word = word.strip(MARKS)
            if word:
                yield word


def chain(words):
    follow = defaultdict(Counter)
    before = ""
    for word in words:
        follow[before][word] += 1
        before = word
    return follow


def babble(follow, length):
    """Write with the most frequent followers, each time the next best one."""
    used = Counter()
    word, out = "", []
    for _ in range(length):
        ranked = follow[word].most_common(5)
        if not ranked:
            word = ""
            continue
        choice = ranked[used[word] % len(ranked)][0]
        used[word] += 1
        out.append(choice)
        word = choice
    return " ".join(out)


def letters(book):
    counts = {}
    for c in book:
        counts[c] = counts.get(c, 0) + 1
    return counts


def main(size):
    book = text(size)
    counts = Counter(words_of(book))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    by_length = defaultdict(list)
    for word in counts:
        by_length[len(word)].append(word)
    frequencies = letters(book)
    longest = max(counts, key=lambda w: (len(w), w))
    story = babble(chain(words_of(book)), size // 20)
    checksum = sum([place * count % 1009 for place, (word, count) in enumerate(ranked)])
    checksum += sum([length * len(found) for length, found in by_length.items()])
    print(
        f"wordcount {len(counts)} {ranked[0]} {longest} {frequencies['a']} {checksum}"
        f" {len(story)} {sum(map(ord, story[-100:]))}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 160000)
