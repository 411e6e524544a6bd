def f(a, b):
    assert a
    assert a, "message"
    assert a and b, "%s and %s" % (a, b)
    assert not a
    assert (a, b)[0]
    del a
    del b[0], b[1:2], b.attr
    del (b)


x = y = z = [1]
del x, (y, z)
x = 1
assert x, (
    "on its"
    "own line")
