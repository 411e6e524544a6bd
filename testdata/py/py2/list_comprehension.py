a = [x for x in range(10) if x]
b = [x for x in 1, 2, 3]
c = [[y for y in range(x)] for x in a]
def f(a):
    return [x for x in a if x for y in x], x
class C:
    a = [i for i in range(3)]
    b = i
