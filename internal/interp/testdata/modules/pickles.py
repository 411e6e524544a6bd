# Module _pickle: the bytes it writes, the objects it reads, what it says when it cannot.
import _pickle as pickle, _io as io, sys
if "copyreg" not in sys.modules:
    # The library is not there: this is as much of it as is needed.
    copyreg = type(sys)("copyreg")
    copyreg.dispatch_table, copyreg._extension_registry = {}, {}
    def __newobj__(cls, *args): return cls.__new__(cls, *args)
    def __newobj_ex__(cls, args, kwargs): return cls.__new__(cls, *args, **kwargs)
    copyreg.__newobj__, copyreg.__newobj_ex__ = __newobj__, __newobj_ex__
    copyreg._slotnames = lambda cls: [n for c in cls.__mro__ for n in c.__dict__.get("__slots__", ())]
    for x in __newobj__, __newobj_ex__: x.__module__ = "copyreg"
    sys.modules["copyreg"] = copyreg
import copyreg
def h(b): return "%d %d" % (len(b), sum((i % 251 + 1) * x for i, x in enumerate(b if len(b) < 3000 else b[::97] + b[-3000:])))
class P:
    def __init__(self, *a): self.a = a; self.n = None
    def __eq__(self, o): return type(o) is type(self) and self.__dict__ == o.__dict__
    def __repr__(self): return "P(%r)" % (self.a,)
class S:
    __slots__ = ("x", "y")
    def __init__(self, x): self.x = x
    def __repr__(self): return "S(%r)" % self.x
class SD(S):
    pass
class L(list): pass
class D(dict): pass
class T(tuple): pass
class I(int): pass
class ST(str): pass
class G:
    def __getstate__(self): return {"z": 1}
    def __setstate__(self, s): self.q = s
class NA:
    def __new__(cls, a, b=0): o = super().__new__(cls); o.v = (a, b); return o
    def __getnewargs__(self): return self.v
class NX:
    def __new__(cls, a, *, b=0): o = super().__new__(cls); o.v = (a, b); return o
    def __getnewargs_ex__(self): return (self.v[0],), {"b": self.v[1]}
class R:
    def __reduce__(self): return (mk, (1, 2), {"s": 3})
class R6:
    def __init__(self): self.k = 0
    def __reduce__(self): return (R6, (), 5, None, None, setk)
def setk(o, s): o.k = s
class RS:
    def __reduce__(self): return "SINGLE"
SINGLE = RS()
def mk(*a): return P(*a)
class Meta(type): pass
class MC(metaclass=Meta):
    class In:
        def f(self): pass
shared = ["s"]
rec = []; rec.append(rec)
recd = {}; recd["me"] = recd
rect = ([],); rect[0].append(rect)
rect4 = ([], 1, 2, 3); rect4[0].append(rect4)
po = P(); po.n = po
class H:
    def __init__(self): self.s = None
    def __reduce__(self): return (H, (), {"s": self.s})
hh = H(); hh.s = frozenset([hh])
class It(list):
    def __reduce_ex__(self, p): return (It, (), None, iter(self))
class Dt(dict):
    def __reduce_ex__(self, p): return (Dt, (), None, None, iter(self.items()))
vals = [None, True, False, 0, 1, 255, 256, 65535, 65536, -1, -128, -129, 2**31-1, 2**31, -2**31, -2**31-1, 2**63-1, 2**63, -2**63, -2**63-1, 2**64, 255<<56, -(2**71), -(2**72), 2**71, 2**2039, -(2**2039), 2**2040, 10**700,
 0.0, -0.0, 1.5, float("inf"), "", "a", "abc", "é", "日本"*50, "\ud800x", "x"*255, "x"*256, "é"*127+"a", "é"*128, b"", b"a", b"x"*255, b"x"*256, bytearray(b""), bytearray(b"abc"),
 (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), [], [1], [1, 2], {}, {1: 2}, {1: 2, 3: 4}, set(), {1}, {1, 2, 3}, frozenset(), frozenset([1, 2]), type(None), int, len, P, mk, MC, MC.In,
 P(1, 2), S(1), SD(5), L([1, 2]), L([1]), L(), D(a=1), D(), D(a=1, b=2), T((1, 2)), I(5), ST("q"), G(), NA(1, 2), NX(1, b=2), R(), R6(), SINGLE,
 [shared, shared, (shared,)], rec, recd, rect, rect4, po, hh,
 It(range(3)), It([1]), It(), Dt(a=1), Dt(a=1, b=2)]
for n in (999, 1000, 1001, 1999, 2000, 2001):
    vals += [list(range(n)), {i: i for i in range(n)}, set(range(n)), It(range(n)), Dt({i: i for i in range(n)}), L(range(n)), D({i: 0 for i in range(n)})]
for n in (65535-9, 65536, 65537, 200000):
    vals += ["x"*n, b"x"*n, bytearray(b"x"*n), ["y"*n, 1, "z"*n], [b"q"*1000]*3 + [bytes([i % 256])*1000 for i in range(200)], ["%d" % i for i in range(n//3)]]
vals += [b"x"*65530, [b"x"*65521, 1, 2], [b"x"*65522, 1, 2]]
def same(a, b, seen=None):
    try: return a == b
    except RecursionError: return True
for proto in (None, 5, 4, -1):
    for v in vals:
        try: b = pickle.dumps(v, proto)
        except Exception as e:
            print(proto, type(v).__name__, type(e).__name__, str(e).split(" at 0x")[0], [x.split(" at 0x")[0] for x in getattr(e, "__notes__", [])]); continue
        try: w = pickle.loads(b)
        except Exception as e: print(proto, type(v).__name__, "loads", type(e).__name__, e); continue
        f = io.BytesIO(); pickle.dump(v, f, proto); pickle.dump(7, f, proto); f.seek(0)
        w2 = pickle.load(f); assert pickle.load(f) == 7
        exact = proto in (None, 5, 4) and type(v) not in (set, frozenset) and "datetime" not in type(v).__module__
        print(proto, type(v).__name__, h(b) if exact else "", type(w).__name__, same(v, w), h(pickle.dumps(w, proto)) == h(pickle.dumps(w2, proto)), repr(w)[:40] if " at 0x" not in repr(w) else "")

def lt(b):
    try: print("ok", repr(pickle.loads(b))[:60].split(" at 0x")[0])
    except BaseException as e: print(type(e).__name__, str(e)[:80])
P5 = b"\x80\x05"
for b in (P5+b".", P5+b"(.", P5+b"N(.", P5+b"N0.", P5+b"N00.", P5+b"t.", P5+b"(N1N.", P5+b"2.", P5+b"N2.", P5+b"]Na.", P5+b"Na.", P5+b"}NNs.", P5+b"}(NNNu.", P5+b"}(u.", P5+b"(NNNd.", P5+b"(NNd.", P5+b"(NNl.", P5+b"h\x00.", P5+b"j\x00\x00\x00\x01.", P5+b"N\x94h\x00\x86.", P5+b"NK\x05\x93.", 
  P5+b"\x8c\x08builtins\x8c\x03int\x93)\x81.", P5+b"\x8c\x08builtins\x8c\x03int\x93N\x81.", P5+b"N)\x81.", P5+b"\x8c\x08builtins\x8c\x03int\x93)R.", P5+b"\x8c\x08builtins\x8c\x03int\x93NR.", P5+b"N)R.", P5+b"NNb.", P5+b"]Nb.", P5+b"]K\x05b.", P5+b"]}NK\x01sb.", P5+b"]}\x8c\x01aK\x01sb.", P5+b"\x8f(]\x90.", P5+b"\x8f(K\x01\x90.", P5+b"](K\x01\x90.", P5+b"(]\x91.", P5+b"\x8c\x03\xed\xa0\x80.", P5+b"\x8a\x00.", P5+b"\x8a\x01\xff.", P5+b"\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f.", P5+b"\x8a\x09\xff\xff\xff\xff\xff\xff\xff\xff\x00.", P5+b"q\x05.", P5+b"Nq\x05h\x05.", 
   P5+b"N.garbage", P5+b"\x96\x03\0\0\0\0\0\0\0abc.",  P5+b"((((t.", P5+b"\x95\x02\0\0\0\0\0\0\0N.", P5+b"\x88\x89\x86."):
    lt(b); lt(bytearray(b)); lt(memoryview(b))
class X:
    def __init__(self): self.a = 1
class Bad:
    def __reduce__(self): return self.r
def tries(v, *a, **k):
    try: print("ok", len(pickle.dumps(v, *a, **k)))
    except BaseException as e: print(type(e).__name__, str(e).split(" at 0x")[0], [x for x in getattr(e, "__notes__", [])], repr(e.__cause__)[:60], repr(e.__context__)[:60].split(" at 0x")[0])
for r in (5, (), (1,), (len,), (len, 5), (len, (), 1, 2), (len, (), None, None, 3), (len, (), 1, None, None, 5), (1, 2, 3, 4, 5, 6, 7), (5, ()), (copyreg.__newobj__, ()), (copyreg.__newobj__, (5,)), (copyreg.__newobj__, (int,)),
  (copyreg.__newobj_ex__, ()), (copyreg.__newobj_ex__, (5, 6, 7)), (copyreg.__newobj_ex__, (int, (), {})), (copyreg.__newobj_ex__, (Bad, 5, {})), (copyreg.__newobj_ex__, (Bad, (), 5)), (X, (), None, None, iter([5]))):
    b = Bad(); b.r = r; tries(b)
class Mut:
    def __init__(self, o): self.o = o
    def __reduce__(self):
        o = self.o
        if isinstance(o, dict): o[len(o)] = 1
        elif isinstance(o, set): o.add(len(o))
        elif len(o) < 20: o.append(1)
        return (X, ())
d = {}; d[0] = Mut(d); d[1] = 1; tries(d)
l = []; l.append(Mut(l)); l.append(2); tries(l)
s = set(); s.add(Mut(s)); s.add(1); tries(s)
deep = []
for i in range(200): deep = [deep]
tries(deep)
class Pr:
    @property
    def a(self): return "prop"
class SA:
    def __setattr__(self, n, v): raise TypeError("no")
s = SA(); s.__dict__["q"] = 1; print(pickle.loads(pickle.dumps(s)).__dict__)
p = Pr(); p.__dict__["a"] = 5; print(pickle.loads(pickle.dumps(p)).__dict__, pickle.loads(pickle.dumps(p)).a)
class ND:
    __dict__ = {"z": 1}
n = ND(); n.q = 1
r = pickle.loads(pickle.dumps(n)); print(hasattr(r, "q"), ND.__dict__["__dict__"])
