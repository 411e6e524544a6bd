# Tuples: nested, singletons, empty, equal but of different types.
a = ()
b = (1,)
c = ((),)
d = (1, (2, (3, (4, (5, (6,))))))
e = (None, True, False, Ellipsis)
f = (0, 0.0, -0.0, False, 0j)
g = (1, 1.0, True)
h = ("a", b"a", u"a")
i = (((1, 2), (3, 4)), ((1, 2), (3, 4)))
for j in (1, 2, 3):
    k = j in (4, 5, 6)
m, n, o = 1, 2, 3
