# gc.collect finds what is there, and then nothing more.
import gc


class Node:
    pass


def cycles(n):
    for _ in range(n):
        a, b = Node(), Node()
        a.other, b.other = b, a


gc.disable()  # it would find some of it before
gc.collect()
for n in 0, 1000, 0, 5000:
    cycles(n)
    print(gc.collect() >= 2 * n, gc.collect())
cycles(2000)
rounds = 0
while gc.collect():
    rounds += 1
print(rounds)


# A method that is called where a module has no variables begins in the first slot of the module's frame; what a collection clears is behind it.
class Keeper:
    def keep(self, name, f, *args):
        n = 1
        if True:
            c = gc.isenabled()
            w = 2
            f(n, *args)
            return c, w, n


def collecting(a, b, c):
    gc.collect()


keeper = Keeper()
kept = keeper.keep("a name", collecting, 100, 20)
print(kept)


# The items of a tuple that is only hashed are not lost when one of them collects.
class Item:
    def __hash__(self):
        gc.collect()
        return 7


class Pair:
    def __init__(self, *items):
        self.a, self.b, self.c, self.d = items

    def __hash__(self):
        return hash((self.a, self.b, self.c, self.d, self.a))


print(hash(Pair(Item(), 1, Item(), 2)) == hash((7, 1, 7, 2, 7)))
