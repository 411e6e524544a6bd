# Sets and frozensets as their types make them.
def T(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class F(frozenset):
    def __new__(cls, *a): return super().__new__(cls, *a)
class G(frozenset): pass
f=frozenset([1,2])
for c in (frozenset,F,G):
    T(lambda: c()); T(lambda: c(f) is f); T(lambda: c(f)==f); T(lambda: c(1)); T(lambda: c([1],2)); T(lambda: c(x=1)); T(lambda: c(*[])); T(lambda: c([[]])); T(lambda: sorted(c('hello'))); T(lambda: c(G([1])) ); T(lambda: type(c([3])).__name__); T(lambda: c(i for i in range(3))); T(lambda: c.__new__(c,[5])); T(lambda: list(map(c,[[1],[2]]))); T(lambda: c(set()) is c())
T(lambda: hash(frozenset('abc'))==hash(frozenset('cba')))
for n in range(14): print(len(set('abcdefghijklmnop'[:n])), len(set('a'*n)), sorted(set('abcab'*n)), len({*'xyz'*n}))
