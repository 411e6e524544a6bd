def f(a, b):
    1
    "text"
    None
    a
    a, b
    [a, b]
    {a: b}
    a + b
    a.b
    a[b]
    a < b
    not a
    (a)
    a if b else 0
    lambda: a
    [x for x in a]
    -1
    1 + 2


1
"text"
f
f, f
