def conditions(a, b, c, d):
    if a and b or c: a = 1
    elif not a and not (b or c): a = 2
    else: a = 3
    if a if b else c: a = 4
    if (a and b if c else not d) or a: a = 5
    if a < b < c: a = 6
    if not a < b <= c != d: a = 7
    if a == b or a < b < c or d: a = 8
    while (a or b) and (c or d): a = 9
    x = a and b or c and d
    x = not a or not b
    x = a if b else c if d else x
    x = a < b > c == d >= a <= b != c
    x = a in b not in c is d is not a
    x = (a
         if b
         else
         c)
    x = (a and
         b)
    assert a
    assert a < b < c, "message"
    assert not a and b, f(a)
    assert (a or
            b), (
        c)
    if (y := a) and (z := b): return y
    return (y := 1) if a else not z


if 1: pass
if x: pass
else: pass
if (a
        and b):
    c
lambda: a if b else c
[a for a in b if c and d if not (a or b)]
x = {a for a in b if a < 1 < 2}
