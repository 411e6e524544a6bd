# Expressions that the compiler may compute itself.
a = 1 + 2 * 3
b = "a" + "b"
c = (1, 2) + (3,)
d = -1
e = not True
f = ~5
g = 2 ** 10
h = 7 // 2, 7 % 2, 7 / 2, -7 // 2
i = 1 << 4 | 2 & 3 ^ 4
j = "abc"[1]
k = (1, 2, 3)[0]
l = [1, 2, 3][1]
m = 1 if True else 2
n = "x" * 3
o = 3 * (1, 2)
p = 1 < 2
q = 1 / 0
r = None is None
s = "%s and %r" % (a, b)
t = +(-(~0))
while 1:
    break
while 0:
    never = 1
if 0:
    never = 2
if __debug__:
    debug = True
assert True
