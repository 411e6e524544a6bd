exec "x = 1"
exec "x = 1" in {}
exec "x = 1" in {}, {}
exec("x", {})
def f(code):
    exec code
    return x
def g(code, ns):
    exec code in ns
    exec compile(code, "n", "exec") in ns, ns
