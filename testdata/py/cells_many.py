# Cells, free variables and locals side by side, more than a byte's worth.
def f(p0, p1, p2, p3, p4, p5, p6, p7):
    c0 = p0
    c1 = p1
    c2 = p2
    c3 = p3
    c4 = p4
    c5 = p5
    c6 = p6
    c7 = p7
    c8 = p0
    c9 = p1
    c10 = p2
    c11 = p3
    c12 = p4
    c13 = p5
    c14 = p6
    c15 = p7
    c16 = p0
    c17 = p1
    c18 = p2
    c19 = p3
    c20 = p4
    c21 = p5
    c22 = p6
    c23 = p7
    c24 = p0
    c25 = p1
    c26 = p2
    c27 = p3
    c28 = p4
    c29 = p5
    c30 = p6
    c31 = p7
    c32 = p0
    c33 = p1
    c34 = p2
    c35 = p3
    c36 = p4
    c37 = p5
    c38 = p6
    c39 = p7
    def g(q, p1):
        return (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, c25, c26, c27, c28, c29, c30, c31, c32, c33, c34, c35, c36, c37, c38, c39, p0, p7, q, p1)
    return g
