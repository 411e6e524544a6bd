# OrderedDict against a list of its keys, whatever goes to and fro.
from _collections import OrderedDict

x = 1
def rand(n):
    global x
    x = x * 1103515245 + 12345 & 0x7fffffff
    return (x >> 8) % n

for size in 3, 8, 9, 40, 300:
    d, keys = OrderedDict(), []
    for step in range(size * 20):
        k = rand(size)
        op = rand(7)
        if op == 0 and keys:
            first = rand(2) == 0
            k, v = d.popitem(not first)
            assert k == keys.pop(0 if first else -1) and v == -k
        elif op == 1 and k in d:
            del d[k]
            keys.remove(k)
        elif op < 5 and k in d:
            d.move_to_end(k, last=op == 2)
            keys.remove(k)
            keys.insert(len(keys) if op == 2 else 0, k)
        else:
            d[k] = -k
            if k not in keys:
                keys.append(k)
        assert len(d) == len(keys)
        if step % 16 == 0:
            assert list(d) == keys and list(reversed(d)) == keys[::-1], (size, step)
            assert all(d[k] == -k for k in keys)
    print(size, list(d.items())[:4], len(d))
    try:
        for k in d:
            d.move_to_end(k, last=False)
            d.move_to_end(next(reversed(d)), last=False)
    except RuntimeError as e:
        print(e)
