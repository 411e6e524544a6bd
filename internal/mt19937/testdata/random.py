"""Numbers that _random gives for seeds."""
import _random
import random


def lines(count, seed):
    r = random.Random(seed)
    for i in range(count):
        n = r.choice([0, 1, -1, 42, 2**32 - 1, 2**32, 2**64 - 1, 2**64, -2**64, r.getrandbits(r.choice([31, 32, 33, 63, 64, 65, 100, 2000, 30000])), -r.getrandbits(200)])
        x = _random.Random(n)
        out = []
        ks = []
        for _ in range(r.choice([3, 10, 700])):
            k = r.choice([-1, -1, 1, 5, 31, 32, 33, 53, 63, 64, 65, 100, 1000]) if len(ks) < 50 else -1
            ks.append(k)
            out.append(x.random().hex() if k < 0 else hex(x.getrandbits(k)))
        state = x.getstate()
        yield hex(n), " ".join(map(str, ks)), " ".join(out[-60:]) + " " + " ".join(map(str, state[-3:]))
