# Numbers have ids that nothing else has.
things = [b'', '', (), None, ..., NotImplemented, True, False, frozenset(), int, str, b'a', b'b', *map(chr, range(256)), *(bytes([i]) for i in range(256)), len, print, type, object]
numbers = [*range(-70000, 70000), *(i / 8 for i in range(1000))]
ids = {}
for x in things: ids.setdefault(id(x), x)
assert all(ids[id(x)] is x for x in things)
print(sum(id(n) in ids for n in numbers), len({id(n) for n in numbers}) == len(numbers))
n = 10
print(id(n) == id(10), id(True) == id(1 == 1), id(None) == id(print()))
