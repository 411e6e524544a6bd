# Lists are sorted by their first items where nothing in Python compares the rest.
class R:
    x = 12345
    def random(self): self.x = (self.x * 1103515245 + 12345) % 2**31; return self.x / 2**31
    def randrange(self, n): return int(self.random() * n)
    def choice(self, s): return s[self.randrange(len(s))]
r = R()
class K:
    log = []
    def __init__(self, x, owner=None): self.x, self.owner = x, owner
    def __lt__(self, o): K.log.append((self.x, o.x)); return self.x < o.x
    def __eq__(self, o):
        if self.owner is not None: self.owner.clear()
        return self.x == o.x
    def __repr__(self): return f"K{self.x}"
class L(list):
    def __lt__(self, o): return list.__lt__(o, self)
def show(name, f):
    try: v = f()
    except Exception as e: v = type(e).__name__, str(e)
    print(name, v)
for n in 5, 40, 300:
    a = [[r.randrange(6), r.random(), str(r.random())] for _ in range(n)]
    b = [[r.choice("abc"), r.randrange(3), i] for i in range(n)]
    c = [[r.random()] for _ in range(n)]
    d = [[r.randrange(3)] * r.randrange(4) for _ in range(n)]
    e = [[1.5 if i % 3 else float("nan"), i] for i in range(n)]
    f = [[i % 3, float("nan") if i % 5 == 0 else -i] for i in range(n)]
    g = [[i % 3, [i % 2, -i]] for i in range(n)]
    h = [[i % 3, True, 2**70 - i] for i in range(n)]
    for name, x in zip("abcdefgh", (a, b, c, d, e, f, g, h)):
        x = [list(y) for y in x]
        show(name, lambda: sorted(x) == sorted(x, key=tuple) and sorted(x)[:3])
        show(name, lambda: sorted(x, reverse=True)[:3])
        y = sorted(range(len(x)), key=lambda i: x[i])
        print(y[:9])
    show("mixed", lambda: sorted([[i % 2, i if i % 3 else "x"] for i in range(n)]))
    show("types", lambda: sorted([[1], (1,)] * n))
    show("none", lambda: sorted([[1, None] for i in range(n)])[:2])
    K.log.clear()
    show("keys", lambda: sorted([[i % 2, K(n - i)] for i in range(n)])[:3])
    print(len(K.log), K.log[:4])
    x = [[1, None, i] for i in range(n)]
    for y in x: y[1] = K(y[2] % 3, y)
    show("cleared", lambda: (x.sort(), x[:3]))
    show("derived", lambda: sorted([L([i % 4, i]) for i in range(n)])[:3])
    show("max", lambda: (max(a), min(a), a[0] < a[1], a[0] <= a[1], a[0] == list(a[0])))
import _heapq as heapq
h = [[r.randrange(4), i] for i in range(30)]; heapq.heapify(h)
print([heapq.heappop(h) for _ in range(30)])
