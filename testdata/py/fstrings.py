# python >= 3.6
def f(a, b):
    f""
    f"plain"
    f"{a}"
    f"{a!r}{a!s}{a!a}"
    f"{a:10}{a:>{b}}{a!r:^{b}.{a}}"
    f"x{a}y{b}z"
    f"{{literal}} {a} {{}}"
    f"{a + b} {a.b[0]} {a(b, c=1)} {a if b else 1}"
    f"{f'{a}'}"
    f"{a}" "joined" f"{b}"
    f"{'nested'}" + f"{1}"
    f"{(lambda x: x)(a)}"
    f"\n\t{a}\u20ac"
    rf"\d{a}\n"
    f"""{
        a
    } and
    {b}"""
    return f"{a:%Y-%m-%d}{[x for x in b]}{ {1: 2}[1] }"
