# python >= 3.9
@(lambda f: f)
def a(): pass


@[1, 2][0].x
@(b := a)
@a if a else b
class C: pass
