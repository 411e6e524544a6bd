d = {1: 2, "a": u"b", None: (), 1.5: [], 1j: {}}
if d.has_key(1) or 2 in d: pass
e = {x: y for x, y in d.iteritems()}
f = {1, 2, 3}
if 1 in {1, 2}: pass
g = {}
g["x"] = d
h = dict(a=1, **d)
