a and b or not c
a if b else c
lambda: 0
lambda a, /, b=1, *c, d, e=2, **f: (a, b)
(n := 10)
a + b - c * d @ e / f % g ** h << i >> j | k ^ l & m // n
-a, +b, ~c
a < b <= c > d >= e == f != g is h is not i in j not in k
f(a, *b, c=d, **e)
f(x for x in y)
a.b[1:2:3, ..., ::, *c].d
[], [1], (), (1,), {1}, {}, {1: 2, **a}
[x for x in y if a if b for z in w]
{x for x in y}
{x: y for x, y in z}
(x for x in y)
1, 1.5, 1e100, 1j, 0xff, 10 ** 30, 123456789012345678901234567890
'a', u'b', b'c', 'it\'s', "\x00\x7f\xe9\u20ac\U0001f600\ud800", 'a' 'b'
None, True, False, ..., __debug__
f'', f'a{b}c', f'{a!r:>{w}.{p}}', f'{a=}', f'{ a = !s:x}', f'{{}}', 'x' f'{y}' 'z'
t'', t'a{b}c', t'{ a = !r:{b}}'
print(yield_)
