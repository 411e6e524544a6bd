'docstring'
'another string'
'%s and %r' % (a, b)
'%5s%-5s%.3s%05s%+s%5.3s%%' % (a, b, c, d, e, f)
'%d' % (a,), '%s' % (*a,), '%s' % a, '%s%s' % (a,), '%s' % (a, b), '%(a)s' % (a,), '%' % (a,), '%123s' % (a,), b'%s' % (a,)
'no conversion' % (), '' % (), '%.s' % (a,)
'%s' % ('%s' % (x,),)


def only_docstring():
    'doc'


def docstring_first(a: __debug__ = __debug__) -> __debug__:
    'doc'
    'second'


class Empty:
    'doc'


async def body(x: '%s' % (a,)):
    'doc'
    if __debug__:
        return lambda: __debug__


match x:
    case -1: pass
    case 1 + 2j: pass
    case -1 - 2j: pass
    case -0.0 | -1j | 'a': pass
    case {-1: y}: pass
    case C(-1, k=[-2]) as z: pass
