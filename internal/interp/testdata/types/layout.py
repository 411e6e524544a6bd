# Sizes, flags and offsets of classes that derive from builtin types, with __slots__ and without.
import sys
for b in (object, int, float, str, bytes, tuple, list, dict, set, frozenset, Exception, OSError, ImportError, type, type(sys),
          property, staticmethod, enumerate, super, complex, bytearray, type(sys.implementation), zip, map, reversed):
    class A(b): pass
    class B(b): __slots__ = ()
    r = [b.__name__]
    def f(c): r.append((c.__basicsize__, c.__itemsize__, '%x' % (c.__flags__ & ~(1<<19|1<<13|1<<11)), c.__dictoffset__, c.__weakrefoffset__))
    f(A); f(B)
    try:
        class C(b): __slots__ = ('x','y')
        f(C)
        class D(C): pass
        f(D)
    except TypeError as e: r.append(str(e))
    try:
        class C(b): __slots__ = ('x','__weakref__')
        f(C)
    except TypeError as e: r.append(str(e))
    try:
        class C(b): __slots__ = ('__dict__','a')
        f(C)
    except TypeError as e: r.append(str(e))
    print(*r)
