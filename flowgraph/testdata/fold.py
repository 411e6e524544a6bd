"""Writes what the compiler makes of operators between constants, for TestFoldLikeInterpreter:
marshal of a list of (operator, left or None, right, is folded, result)."""
import functools, marshal, random, sys, warnings

warnings.simplefilter("ignore")
random.seed(int(sys.argv[1]))
OPS = {0: "+", 1: "&", 2: "//", 3: "<<", 5: "*", 6: "%", 7: "|", 8: "**", 9: ">>", 10: "-", 11: "/", 12: "^", 26: "[]"}
UNARY = {"UNARY_NEGATIVE": "-", "UNARY_INVERT": "~", "UNARY_NOT": "not ", "+": "+"}

def sources():
    fixed = """0 1 2 3 5 7 -1 -2 -7 10 63 64 127 128 129 255 256 1000 4096 4097 -64
        9223372036854775807 -9223372036854775808 9223372036854775808 18446744073709551616 -9223372036854775809
        2**100 -2**100 2**127 10**30 -10**30 2**53+1 2**64+2**10+1 3**70
        True False None ... 0.0 -0.0 1.0 -1.0 0.5 -0.5 1.5 2.0 -2.0 3.0 0.1 1e-3 100.0 1e16 1e22 -7.5 1e300 1e308 5e-324 1e-308
        1e999 -1e999 (1e999-1e999) 0.3 2.718281828459045 3.141592653589793 1/3 4.0 -8.0 -3.0 1e100 0.99 1.01
        0j 1j -1j (1+2j) (3-4j) (0.1+0.2j) (-0.0-0.0j) (1e200+1e200j) (1e999+1j) 2.5j (1+0j) (-2-3j)
        '' 'a' 'abc' 'h\\xe9llo' '\\u20ac\\U0001f600' '\\ud800x' b'' b'a' b'abc' b'\\xff\\x00' 'x'*100
        () (1,) (1,2,3) ('a',(1,2)) ((1,)*100,) (1,)*256 (1,)*200
        """.split()
    values = [v if v[0] in "'(b" or v[-1] == ")" or "1e" in v or "0.0" in v or "*'" in v else repr(eval(v)) for v in fixed]
    slices = ["1:2", ":", "::2", "::-1", "-2:", ":-1", "5:1:-1", "-1::-2", "None:None", "10:", "-10:10", "0:2**70", "True:", "::0", "1.0:", "'a':"]
    return values, slices

values, slices = sources()
def numbers(n):
    for _ in range(n):
        k = random.randrange(6)
        if k == 0: yield str(random.randrange(-2000, 2000))
        elif k == 1: yield str(random.getrandbits(random.randrange(1, 130)))
        elif k == 2: yield repr(random.uniform(-100, 100))
        elif k == 3: yield repr(random.uniform(-1, 1) * 10 ** random.randrange(-30, 30))
        elif k == 4: yield repr(random.randrange(-400, 400) / 8)
        else: yield "(%r%+rj)" % (random.randrange(-80, 80) / 8, random.randrange(-80, 80) / 8)

def compiled(text):
    try: code = compile("x=" + text, "", "exec")
    except SyntaxError: return None
    b = code.co_code[2:]
    if len(b) == 8 and b[2] == 116:  # a load, STORE_NAME, return None
        return (True, b[1] if b[0] == 94 else code.co_consts[b[1]])
    return (False, None)

@functools.cache
def value(text):
    r = compiled(text)
    if r is None or not r[0]: raise ValueError(text)
    return r[1]

cases = []
def ask(op, a, b):
    if op == 26:
        text = f"({a})[{b}]"
    else:
        text = f"({a}){OPS[op]}({b})"
    r = compiled(text)
    if r is None: return
    # Slices with signs are no constants, and formatting is done on the tree.
    if op == 26 and b in slices and "-" in b or op == 6 and a[0] == "'": return
    try:
        va = value(f"({a})")
        vb = value(f"({b})") if op != 26 or b not in slices else slice(*[value(p) if p else None for p in (b.split(":") + [""])[:3]])
    except ValueError:
        return
    cases.append((op, va, vb, r[0], r[1]))

for a in values:
    for b in values:
        for op in random.sample(list(OPS), 3):
            ask(op, a, b)
    for b in slices:
        ask(26, a, b)
    for name, sign in UNARY.items():
        r = compiled(f"{sign}({a})")
        # "not" tests first, which shows the operand before it is folded.
        if (compiled(f"({a})") or (False,))[0] and (r[0] or sign != "not "): cases.append((name, None, value(f"({a})"), r[0], r[1]))
pool = list(numbers(int(sys.argv[2])))
for _ in range(int(sys.argv[2]) * 10):
    ask(random.choice(list(OPS)), random.choice(pool), random.choice(pool))
for _ in range(int(sys.argv[2])):
    ask(8, repr(random.uniform(0, 50)), repr(random.uniform(-20, 20)))
    ask(8, repr(random.randrange(1, 50)), repr(-random.randrange(1, 30)))
    ask(8, repr(random.randrange(1, 50)), random.choice(["0.5", "-0.5", "1.5", "0.25", "0.1", "1/3"]))
sys.stdout.buffer.write(marshal.dumps(cases))
