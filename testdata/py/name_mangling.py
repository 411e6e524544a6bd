class _Private__Name(object):
    __x = 1

    def __method(self, __arg):
        __local = __arg
        self.__attr = __local.__other
        import __module
        global __glob
        __glob = lambda __p: __p
        return __name__, self.__class__, __x_, ___y

    class __Inner(object):
        __z = 2


class ___(object):
    __kept = 1
