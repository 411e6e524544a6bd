# Methods of sets with any number of other iterables.
s={1,2,3}
def T(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class S(set): pass
for c in (s, frozenset(s), S(s)):
    T(lambda: c.union()); T(lambda: c.union([4])); T(lambda: c.union([4],[5],{6})); T(lambda: c.union(*[[i] for i in range(40)]))
    T(lambda: c.intersection()); T(lambda: c.intersection([1],[1,2])); T(lambda: c.difference()); T(lambda: c.difference([1],(2,)))
    T(lambda: c.union(5)); T(lambda: c.union([1],x=3)); T(lambda: c.union(x=3)); T(lambda: type(c).union()); T(lambda: type(c).union([1])); T(lambda: type(c).union(c,[9]))
    u=c.union; T(lambda: u([7],[8])); T(lambda: u()); T(lambda: u(y=1)); T(lambda: c.union(**{})); T(lambda: c.intersection(5)); T(lambda: c.difference([[]]))
    T(lambda: c.union(c) is c); T(lambda: c.union is None)
def g():
    yield 1
    s.add(50)
    yield [x for x in range(5)].pop()
for f in ('update','difference_update','intersection_update'):
    s={1,2,3}
    T(lambda: getattr(s,f)()); T(lambda: getattr(s,f)(g())); print(s)
    T(lambda: getattr(s,f)([2,3,4],(3,),{3:1})); print(s); T(lambda: getattr(s,f)(3)); T(lambda: getattr(s,f)([3],3)); T(lambda: getattr(s,f)([1,[]])); print(s); T(lambda: getattr(s,f)(a=1)); T(lambda: getattr(s,f)(s)); print(s)
print(set.update.__text_signature__, set.union(*[{1},{2}]), set().union(*[{1},{2}],[4]), list(map({1}.union, [[2],[3]])))
