# Names that are of subclasses of str: what is interned never is one.
import sys


class S(str):
    pass


class T(tuple):
    pass


class M:
    __match_args__ = (S("xyz" + "zy"),)
    xyzzy = 3


class N:
    __match_args__ = T(("plugh",))
    plugh = 4


for x in M(), N():
    try:
        match x:
            case M(a):
                print(a)
            case N(a):
                print(a)
    except TypeError as e:
        print(e)
o = M()
setattr(o, S("frob" + "nicate"), 1)
print(o.frobnicate, getattr(o, S("frobnicate")), hasattr(o, S("xyzzy")))
print([type(sys.intern("".join(c for c in w))) for w in ("xyzzy", "plugh", "frobnicate")])
