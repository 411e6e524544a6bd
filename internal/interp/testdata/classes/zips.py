# zip and enumerate over lists and tuples, whose iterators lie beside them: each steps by itself, and is an object of its own.
def attempt(f, *a, **k):
    try: return f(*a, **k)
    except Exception as e: return type(e).__name__, str(e)


class Z(zip): pass
class E(enumerate): pass


l, t = [1, 2, 3], ('a', 'b', 'c')
for make in zip, Z:
    for args in (), (l,), (l, t), (t, l, l), (l, t, 'xyz', range(3)), (l, l), (t, t, t), (iter(l), t), ([], l), (l, 5), (l, t, [1]):
        for strict in False, True:
            print(attempt(lambda: list(make(*args, strict=strict))), attempt(lambda: [x for x, *y in make(*args, strict=strict)]))
z = zip(l, t)
next(z)
f, (a, b) = z.__reduce__()
print(f.__name__, type(a).__name__, type(b).__name__, a is b, next(a), next(z), list(b), list(z), next(a, 'end'))
z = zip(l, l)
a, b = z.__reduce__()[1]
l.append(4)
print(next(z), a.__length_hint__(), b.__reduce__()[1:], list(z), a.__length_hint__())
l.append(5)
print(list(z), list(a), list(b))
z = zip(t, t, l)
its = z.__reduce__()[1]
del z
print([type(i).__name__ for i in its], [next(i) for i in its], len({id(i) for i in its}))
its[0].__setstate__(2)
print([list(i) for i in its])
for make in enumerate, E:
    for args in (l,), (t, 5), ('ab', -1), (l, 2**63 - 2), (iter(t),), ({1: 2},), (5,), (): print(attempt(lambda: list(make(*args))), attempt(lambda: [y for x, y in make(*args)]))
e = enumerate(l, 3)
next(e)
f, (it, n) = e.__reduce__()
print(f.__name__, type(it).__name__, n, next(it), next(e), list(it), list(e))
z = Z(l, t)
z.x = [z]
print(z.x[0] is z, list(z), z.x[0] is z)
grows = [1]
for x, y in zip(grows, grows):
    if len(grows) < 6: grows += [x + y]
print(grows, sum(grows), max(iter(grows)))
pairs = [p for p in zip(l, l)]
print(pairs, len(set(map(id, pairs))) == len(pairs), {p: p[0] for p in enumerate(t)})
