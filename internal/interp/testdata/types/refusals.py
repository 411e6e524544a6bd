# What builtin functions and types say of arguments that they do not take, where the kind of type, the order in which arguments are
# looked at, or a size decides.


def show(name, f):
    try:
        print(name, f())
    except Exception as e:
        print(name, type(e).__name__, e)


class C:
    pass


def deletion(x):
    def delete():
        del x[0]
    return delete


def product(v):
    def multiply():
        x = v
        x *= b"ab"
        return x
    return multiply


for x in None, (i for i in ()), 3, (1,), "a", C(), range(3), b"", int:
    show("del", deletion(x))
for x in None, 3, 1.5, C(), set(), print, b"":
    show("*=", product(x))
    show("*", lambda: x * b"ab")

u = int | str
for x in 7, "x", None, int, u, list[int]:
    for f in (lambda: int | x), (lambda: list[int] | x):
        show("|", f)

show("pow", lambda: (1j).__pow__(C(), 3))
show("pow", lambda: pow(1j, 2, 3))
show("init", lambda: object.__init__([], 1))
show("init", lambda: object.__init__(C(), 1))
show("init", lambda: object.__init__(3, 1))
show("unbound", lambda: str.upper())
show("unbound", lambda: type(u).__mro_entries__())

kept = bytearray(b"kept")
show("bytearray", lambda: kept.__init__("a", 3))
print(kept)
for f in bytes, bytearray:
    show("decode", lambda: f().decode("nonsense"))
    show("decode", lambda: str(f(), "nonsense"))
show("decode", lambda: str(memoryview(b"abc"), "ascii"))

show("format", lambda: format(3, None))
show("format", lambda: (3).__format__(None))
big, long = 2**40, 2**70
show("tabs", lambda: "a".expandtabs(big))
show("hex", lambda: b"ab".hex(":", long))
show("bytes", lambda: (1).to_bytes(long))
show("pop", lambda: [1].pop(long))
show("insert", lambda: [1].insert(long, 1))
show("index", lambda: memoryview(b"abcd").cast("B", (2, 2)).index(1, "a"))
