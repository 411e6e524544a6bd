1 + 2; "text"; f(x)
