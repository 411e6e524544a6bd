def deco(*args):
    return lambda f: f


@deco
def a(): pass


@deco()
@deco(1, 2)
def b(x=1):
    @deco(3)
    def inner(): return x
    return inner


@deco.attr.other
class C(object):
    @deco
    @deco(
        4,
    )
    def method(self):
        pass
