"""Names in f-strings, t-strings and other places."""
name, width = "x", 10
text = f"{name!r:>{width}} {(lambda x: f'{x}{name}')(1)} {[y for y in name]=}"
template = t"{name} {missing!s:{width}} {[z := 1 for _ in name]}"
a[b:c:d] = e = f.g.h
i.j[k] += l
m, (n, *o) = p if q else not r
del s, t.u, v[w]
assert x, y
raise z from zz
while aa:
    break
else:
    x_ = bb < cc < dd in ee
f(gg, *hh, key=ii, **jj)
kk @ -ll ** mm
{nn: oo, **pp, qq: rr}
{ss, *tt}
yield_ = lambda: (yield uu)
await_ = lambda *a, b=vv, **c: (a, b, c, ww)
