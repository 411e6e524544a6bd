# Lists that methods make and one word alone sees are used again; those that anybody keeps are not.
import _thread
import sys

text = "one two three four"


def apart():
    a, b = "x=y".split("=")
    c, d, e = "1,2,3".split(",")
    (f, g), h = "p:q".split(":"), "r"
    [i] = "only".split()
    j, k = b"l;m".split(b";")
    n, o = bytearray(b"s;t").rsplit(b";")
    return a, b, c, d, e, f, g, h, i, j, k, n, o


print(apart(), apart())


def wrong(s):
    out = []
    for f in (lambda: [(a, b) for a, b in [s.split()]], lambda: two(s), lambda: three(s), lambda: s.split()[5], lambda: s.split()[-9]):
        try:
            out.append(f())
        except (ValueError, IndexError) as e:
            out.append(f"{type(e).__name__} {e}")
    return out


def two(s):
    a, b = s.split()
    return b, a


def three(s):
    a, b, c = s.split()
    return c, b, a


for s in ("", "a", "a b", "a b c", text):
    print(wrong(s))


def item(n):
    return text.split()[0], text.split()[-1], text.split()[n], text.split()[True], "a,b".split(",")[1], text.split()[1:3], text.splitlines()[0]


print(item(2), item(-2))


def keeps():
    kept = []
    for w in (l := text.split()):
        kept.append(l)
    a, b, c, d = m = text.split()
    kept.append(m)
    x = text.split()
    for w in x:
        kept.append(x)
    for w in text.split():
        for v in "a b".split():
            for u in "c d e".splitlines():
                kept.append(w + v + u)
        if w == "three":
            break
    else:
        kept.append("not here")
    for w in "1 2 3".split():
        continue
    else:
        kept.append(w)
    kept.append([w for w in "4 5 6".split() for v in "7 8".split() if v > w or w < "6"])
    kept.append([*"7 8".split(), "9".split()])
    kept.append({w: v.split() for w in "a b".split() for v in ["c d"]})
    kept.append(sorted("z y x".split()))
    kept.append(list("z y x".split()))
    kept.append(tuple("z y x".split()))
    kept.append(len("z y x".split()))
    kept.append("-".join("z y x".split()))
    kept.append(set("z z".split()))
    kept.append(dict(p.split("=") for p in "a=1 b=2".split()))
    kept.append(list(map(str.upper, "z y x".split())))
    kept.append(max("z y x".split()))
    kept.append(max("z y x".split(), key=lambda w: kept.append(w) or w))
    kept.append(sum([len(w) for w in "z y x".split()], 5))
    return kept


first, second = keeps(), keeps()
print(first == second)
for x in first:
    print(x)


def words(s):
    for w in s.split():
        yield w
        for l in w.splitlines():
            yield l


gens = [words("a b c d"), words("e f g"), words("h i")]
got = []
while gens:
    for g in gens[:]:
        try:
            got.append(next(g))
        except StopIteration:
            gens.remove(g)
print(got)


def raising(n):
    for w in "a b c d".split():
        for v in "e f g".split():
            if n == 0:
                raise KeyError(w, v)
            n -= 1
    return n


for n in (0, 1, 5, 11, 12, 20):
    try:
        print(raising(n))
    except KeyError as e:
        print("raised", e)
    print([w for w in "q r".split()], *"s t".split())


class Own(str):
    parts = ["own", "parts"]

    def split(self, *args):
        return self.parts


def own(s):
    a, b = s.split()
    for w in s.split():
        pass
    return s.split()[1], len(s.split()), a, b


for _ in range(3):
    print(own(Own("x")), own("y z"), Own.parts)


class Holder:
    def __init__(self):
        self.held = ["held", "list"]

    def get(self):
        return self.held

    def made(self):
        yield from "made here".split()

    def __index__(self):
        global inner
        inner = "i n n e r".split()
        for w in "also here".split():
            pass
        return 1


inner = None
h = Holder()
for _ in range(3):
    for w in h.get():
        pass
    for w in h.made():
        pass
    for w in {1: 2}.items():
        pass
    for w in zip([1], [2]).__iter__():
        pass
    for w in range(3).__iter__():
        pass
    for w in iter([1]).__iter__():
        pass
    a, b = h.get()
    print(h.held, a, b, h.get()[0], "a b c".split(None, h), inner, [w for w in "d e f".split(None, h)])
    a, b = "g h i".split(None, h)
    print(a, b, inner)


def deep(n):
    out = []
    for w in "a b c d e f g h i j"[: 2 * n].split():
        out.append(w + str(deep(n - 1)))
    return len("".join(out))


print(deep(6))

for size in (0, 1, 7, 8, 9, 31, 33, 255, 256, 257, 1000):
    s = " ".join(map(str, range(size)))
    total = 0
    for w in s.split():
        total += int(w)
    print(size, total, len(s.split()), len(b"," * size), len((b"," * size).split(b",")), sum(map(int, s.split())))


def work(out, n, done):
    total = 0
    for _ in range(300):
        for w in f"{n} {n + 1} {n + 2}".split():
            a, b = f"{w}={n}".split("=")
            total += int(a) * int(b) + int(w.split("=")[0])
    out[n] = total
    done.release()


out = {}
threads = [_thread.allocate_lock() for n in range(4)]
for n, done in enumerate(threads):
    done.acquire()
    _thread.start_new_thread(work, (out, n, done))
for done in threads:
    done.acquire()
print(sorted(out.items()))


def traced():
    got = []
    for w in "a b".split():
        if w == "b":
            sys.settrace(None)
        c, d = "c d".split()
        got += [w, c, d, "e f".split()[1]]
    return got


seen = []


def tracer(frame, event, arg):
    seen.append((event, frame.f_lineno - frame.f_code.co_firstlineno))
    return tracer


sys.settrace(tracer)
print(traced())
sys.settrace(None)
print(seen, traced())
try:
    raise_at = [0]
    for w in "a b".split():
        x, y = w.split("x")
except ValueError as e:
    print(e, e.__traceback__.tb_lineno - raising.__code__.co_firstlineno > 0)
