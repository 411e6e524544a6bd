def a():
    def b():
        def c():
            def d():
                def e():
                    def f():
                        class G(object):
                            def h(self):
                                return (lambda: (x for x in (lambda y: y)(self)))
                        return G
                    return f
                return e
            return d
        return c
    return b
