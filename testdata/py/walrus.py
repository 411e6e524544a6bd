# python >= 3.8
def f(a):
    if (n := len(a)) > 10:
        print(n)
    while chunk := a.read():
        print(chunk)
    x = [y := 1, y ** 2]
    z = [w for v in a if (w := v)]
    return (q := x, z), f"{(r := 1)}", r, q


(top := 5)
print([last := i for i in range(3)], last)
def g(p=(d := 1)): return d
