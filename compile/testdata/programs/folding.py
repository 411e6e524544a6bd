"""Constants that the compiler computes, and those it leaves."""
x = 1 + 2 * 3 - 4 // 5 % 6
x = 2 ** 10, 2 ** 127, 2 ** 128 * 0, 2 ** 5000, 1 << 100, 1 << 1000, -1 >> 3
x = 1 / 0, 1 // 0, 1 % 0, 0 ** -1
x = 7 // -2, -7 % 3, -7.5 // 2, 7.5 % -2, 1e308 * 10, -1e308 * 10
x = "a" * 3, "a" * 5000, "ab" + "cd", b"a" + b"b", ("a", 1) * 2, ("a",) * 1000
x = (1, 2)[0], "abc"[1], "abc"[-1], "abc"[7], b"abc"[1], "abc"[::2], "aé\U0001F600"[2]
x = -1, +1, ~1, not 1, - -1, -(1.5), ~True, -2j, not (), not ""
x = 1 + 2j, 1 - 2j, -1 - 2j, (1 + 2j) * (3 - 4j), 2j ** 2, 1j / 0
x = 1 & 3 | 4 ^ 5, True & False, True | 2
x = 0 if 1 else 2, 1 and 2, 0 and y, 1 or y, y and 1, y or 0
x = [1, 2, 3], {1, 2, 3}, (1, 2, [3]), {1: 2, 3: 4}, [*(1, 2, 3)]
x = y in [1, 2, 3], y in {1, 2, 3}, y not in (1, 2), y in [z, 1]
for x in [1, 2, 3]: pass
for x in {1, 2, 3}: pass
for x in (): pass
for x in [], : pass
if 0: dead()
elif 1: alive()
else: dead()
while 1: break
while 0: dead()
else: alive()
while "text":
    if x: continue
    break
x = "%s" % y, "%s and %r" % (x, y), "%d" % (y,), "%s" % 1
x = 1 < 2 < 3, 1 is 1 is not None, None is None
x = """long
""" "and " 'joined' r"\n" "\x41\u00e9\N{BULLET}"
x = 0xFFFF_FFFF_FFFF_FFFF, 0o17, 0b1010, 1_000.5e-3_0, 1e400, 5e-324, 1_0j
(1, 2, 3)
"text"
...
