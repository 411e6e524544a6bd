# python >= 3.8
def f(a):
    return f"{a=}", f"{a = }", f"{a.b[0]=!s}", f"{a=:>10}", f"{ a + 1 = !r:^5}"
