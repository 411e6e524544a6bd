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
