# python >= 3.6
first, *rest = [1, 2, 3]
*init, last = rest
a, *b, c = "hello"
[*d] = (1, 2)
(e, *f), *g = [[1, 2], 3]
for h, *i in [(1, 2, 3)]:
    print(h, i)
x = *a, *b
y = [*x, 1, *c]
z = {*x, *y, 2}
w = {**{}, "k": 1, **dict(a=1), 2: 3}
v = (*x, 1), [*y], {*z}
