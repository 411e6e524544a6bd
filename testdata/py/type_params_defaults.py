# python >= 3.13
def f[T = int, *Ts = *tuple[int, ...], **P = [int]](x: T): return x
class C[T: str = "x", U = T]: pass
type A[T = None] = T | U
