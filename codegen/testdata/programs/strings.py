f""
f"a"
f"{a}"
f"a{b}c"
f"{a!r}{a!s}{a!a}"
f"{a:>10}{a!r:{b}}{a:{b}{c!r}d}"
f"{a=}{a = !s:x}"
f"{a}" "b" f"{c}"
f"{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}"
f"{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}"
f"""{
    a
}
{b
 :x}"""
t""
t"a"
t"{a}"
t"a{b}c{d}"
t"{a}{b!r}{c:x}{d!a:{e}}"
t"{a=}"
t"a" t"b{c}"
"%s %d" % (a, b)
"%s" % a
"%s %r %a" % (a, b, c)
"%5s|%-5r" % (a, b)
"%s%%" % (a,)
"%s %s" % (*a, b)
"%d" % (a,)
"%s" "%s" % (
    a,
    b)
