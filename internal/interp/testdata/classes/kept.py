"""What a name has when what would be stored in it is not: an operator has raised."""


class V:
    """Its length is an attribute, which may be missing."""

    def __len__(self):
        return self.v


def negated(x):
    try:
        try:
            x = not x
        finally:
            print(type(x).__name__)
    except AttributeError as e:
        return e


def chosen(x):
    y = 'kept'
    try:
        y = bool(x)
    except AttributeError:
        pass
    return y


def single():
    """An exception that is no group is one of its own where except* catches it."""
    try:
        try:
            raise TypeError(1)
        except* TypeError:
            raise
    except ExceptionGroup as e:
        return e.args, e.__traceback__.tb_lineno, e.__traceback__.tb_next, e.exceptions[0].__traceback__.tb_lineno


for _ in range(3):
    print(repr(negated(V())), chosen(V()), single())

for v in 'ab', (1, 2), V(), {1}, 5, None, {}.keys():
    for k in 0, 1 << 70, 'k', True:
        try:
            v[k] = 1
        except (TypeError, IndexError) as e:
            print(type(v).__name__, type(e).__name__, e)
        try:
            del v[k]
        except (TypeError, IndexError) as e:
            print(type(v).__name__, type(e).__name__, e)
