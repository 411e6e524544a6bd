"""Formatted strings, templates, and how strings are joined."""
x = f"", f"a", f"{a}", f"a{b}c", f"{a}{b}", f"{{}}", f"{a}" "b" 'c' f"{d}", "a" f"b" "c"
x = f"{a!r}{b!s}{c!a}", f"{a:x}{b!r:y}{c:{d}}{e:{f}{g!r:{h}}i}", f"{a:}", f"{a!r:}"
x = f"{a=}", f"{a = }", f"{a=!s}", f"{a=:x}", f"{ a . b  =  !a : x }", f"b{a=}c"
x = f"""{
    a  # comment
    + b
}
 {c
 :>{
   d}}"""
x = rf"\{a}\n", f"\x41{a}\N{BULLET}", F"{a}" r"\x", f"{'a' 'b'}", f'{f"{f'{a}'}"}', f"{a["b"]}"
x = f"{lambda_}", f"{(lambda: 1)}", f"{a if b else c}", f"{a, b}", f"{*a, b}", f"{a!r}"f"{{"
x = f"{a:%Y-%m-%d}", f"{a:{'{'}>10}", f"{a}:{b}", f"{a!r}:{b}"
x = t"", t"a", t"{a}", t"a{b}c", t"{a!r:x}", t"{a=}", t"{ a + b }", t"{a:{b}c}", t"a" t"{b}", t"{t"{a}"}"
x = f"{1}", f"{'a'}", f"{1:x}", f"{None!r}", f"a{1}b{'c'}d", f"{1.5}{2j}"
x = u"a", b"a" b"b", "é", "\u00e9", "\ud800", "\U0001F600", '\0', "\
joined", '\'', "\"", r'\'', """a"b""", '''
'''
print(f"{x}", f"{y}" f"{z}", "%s" % x)


def f(a, b):
    """No f"docstring"."""
    return f"{a}{b}{a.b}{a[b]}{f(a)}{a + b}", f"{a:{b}}" f"{a!r}", "{}".format(a)
