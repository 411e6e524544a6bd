# Texts that an expression makes on the way are used again, and strings that grow lie in one block: nobody may see one change.
import sys

def f(*a):
    return "<" + "|".join(map(str, a)) + ">"

def nested(n):
    # Each level has texts of its own on the way.
    return "(" + str(n) + ":" + (nested(n - 1) + "," if n else "") + str(n) + ")"

print(nested(6))

def kept(words):
    out = []
    for w in words:
        out.append("a" + w + "-" + w + ".")
        out.append(w + "+" + f(w, "x" + w + "y") + "=" + (w + "(" + w) + ")")
    return out

print(kept(["", "q", "hello", "жз", "x" * 100]))

def empties(a, b, e):
    s = a + b
    print(e + s + e is s, e + e + s is s, (s + e) + e is s, s + (e + e) is s, e + e == "", a + b + e, e + (a + b), (a + b) + (b + a), (a + e) + (e + b))

empties("ab", "cd", "")

class S(str):
    def __add__(self, other):
        return "S(" + str.__add__(self, other) + ")"
    def __radd__(self, other):
        seen.append(other)
        return "R(" + other + str(self) + ")"

class R:
    def __radd__(self, other):
        seen.append(other)
        return other + "!" + other
    def __add__(self, other):
        seen.append(other)
        return self if other == "no" else NotImplemented

seen = []
def mixed(a, b):
    print(a + b + S("s") + a + b)
    print(S("s") + (a + b) + a)
    print(a + b + R() + b + a)
    for g in (lambda: R() + (a + b), lambda: a + b + 3, lambda: a + b + None + a, lambda: a + b + b"x", lambda: 3 + (a + b)):
        try:
            print(g())
        except TypeError as e:
            print(e)
    print((a + b + "%s") % (a + b), (a + b) * 3 + a, (a + b + b)[1], (a + b + "x").upper(), a + b + a in seen, -len(a + b + a))
    print(seen)

mixed("one", "two")
mixed("eins", "zwei")
print(seen)

def generator(a):
    x = a + "1" + (yield a) + "2" + (yield a + "3" + a) + "4"
    yield x

def interleaved():
    gens = [generator(c) for c in "abcdef"]
    print([next(g) for g in gens])
    print([g.send("[" + str(i) + "]") for i, g in enumerate(gens)])
    print([g.send("{" + str(i) + "}") for i, g in enumerate(gens)])
    g = generator("zz")
    next(g)
    g.send("left" + "over")
    del g

interleaved()

def fails(a, b):
    try:
        return a + b + a + (1 // 0) + b
    except ZeroDivisionError:
        return a + "caught" + b
    finally:
        print(a + b + "finally")

print(fails("p", "q"))

def traced(a, b):
    def begin():
        sys.settrace(lambda *x: None)
        sys._getframe(1).f_trace = lambda *x: None
        return "traced"
    def end():
        sys.settrace(None)
        return "end"
    x = a + b + begin() + a + b
    y = a + x + end() + a + x
    return x + y

print(traced("t", "u"))

def grows(step, n):
    # All strings of a chain stay as they are, and so do branches of it.
    s, all, branches = "", [], []
    for i in range(n):
        s += step
        all.append(s)
        if i % 7 == 3:
            branches.append(s + "b")
            branches.append(s + step)
        if i % 50 == 9:
            s = all[len(all) // 2]
            all.append(s)
    return [hash(x) == hash(x[:1] + x[1:]) for x in all].count(False), len(all), sum(map(len, all)), all[-1][-5:], branches[::5][:4], all[:len(step) * 6:3]

for step in ("x", "ab", "hello, world", "ж", "\u4e2d\u6587", "é-"):
    print(grows(step, 40))
    print(grows(step, 700)[:4])

def chains(n):
    # An index into text beyond ASCII, short and long.
    s = ""
    for i in range(n):
        s += chr(0x430 + i % 30)
        assert s[i // 2] == chr(0x430 + i // 2 % 30) and s[-1] == s[i], i
        assert s.find(s[i]) == i % 30
    return len(s), hash(s) == hash("".join(list(s)))

print(chains(400))

def shared_start(n):
    base = ""
    for c in "shared-start-":
        base += c
    parts = [base + str(i) for i in range(n)]
    t = base
    for i in range(n):
        t += str(i)
        parts.append(t[3:8] + t[-2:])
    return base, parts[0], parts[n - 1], parts[n], parts[-1], t

print(shared_start(30))

d = {}
k = "k"
for i in range(40):
    k += "."
    d[k] = i
    d[k + "a" + str(i)] = k + "b" + str(i)
print(len(d), list(d.items())[::13], all(d[x] == i for i, x in enumerate([x for x in d if "a" not in x])))
try:
    import _thread
    done = []
    def work(c):
        out = []
        for i in range(300):
            out.append(c + str(i) + c + "," + (c + c) + "." + str(i * i))
        done.append((c, out == [f"{c}{i}{c},{c}{c}.{i * i}" for i in range(300)]))
    for c in "abc":
        _thread.start_new_thread(work, (c,))
    import time
    while len(done) < 3:
        time.sleep(0.001)
    print(sorted(done))
except ImportError:
    print([(c, True) for c in "abc"])

# The same with f-strings.
def formatted(a, b, n):
    out = ""
    for i in range(n):
        out += f"{i}:{a}{b:>{i % 4}}{i / 2:.2f};"
    print(len(out), out[:60], out[-30:])
    e = ""
    print([f"{e}{a}" + f"{b}{e}", f"{e}{e}" + a is a, f"{e}{e}" + f"{e}{e}", f"{a}{e}" + e, e + f"{a}-{b}" + e, f"{a}" f"{'x' * n}" + f"{b}{n}" + a][:n])
    x = f"<{a + f'[{b}{a}]' + b}>" + f"{a}{f(a + f'{b}!{a}')}" + f"{b}{n}"
    try:
        print(x + f"{a}{b}" + 1)
    except TypeError as err:
        print(err)
    print(f"{a}{b}" + S("s") + f"{a}{b}", f"{n}{a}" % () * 2, f"{a}%s" % f"{b}{a}" + f"{b}{n}%%" % ())
    return x

seen = []
for n in (3, 300):
    print(formatted("a", "b", n) == formatted("a", "b", n), formatted("é" * 5, "", n)[:50], formatted("\u4e2d" * 100, "\U0001F600", n)[-9:])
print(seen)

def late(a):
    def h():
        r = f"{a}1{a}" + (yield 1) + f"{a}2" + (yield f"{a}3{a}" + a)
        yield r
    return h()

gens = [late(c) for c in "xyz"]
print([next(g) for g in gens], [g.send(f"s{i}" + "t") for i, g in enumerate(gens)], [g.send(f"u{i}" + "v") for i, g in enumerate(gens)])
