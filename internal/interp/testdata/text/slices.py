# Characters of texts that are ASCII but for one, at lengths around those of the index.
for n in 62, 63, 64, 65, 100, 127, 128, 129, 200:
    for at in 0, n // 2, n - 1, n:
        s = "".join(chr(97 + i % 26) for i in range(n))
        s = s[:at] + "\u2028" + s[at:] + "xyz\n"
        points = list(s)
        for i in 0, 1, 60, 63, 64, 65, 90, n - 1, n, n + 1:
            if s[i:i+1] != "".join(points[i:i+1]) or s[i:] != "".join(points[i:]) or s[:i] != "".join(points[:i]):
                print(n, at, i, ascii(s[i:]), ascii(s[:i]))
        grown = ""
        for c in points:
            grown += c
        print(n, at, grown == s, grown.find("x"), grown.rfind("\u2028"), ascii(grown[-6:]))

# Separators that overlap themselves, from either side.
for s in "abbbc", "bbb", "aaaa", "aaaaa", "a//b//c", "ébbbé", "":
    for sep in "bb", "aa", "//", "b", "bbé":
        for limit in -1, 0, 1, 2:
            print(ascii(s.split(sep, limit)), ascii(s.rsplit(sep, limit)), s.encode().rsplit(sep.encode(), limit))
