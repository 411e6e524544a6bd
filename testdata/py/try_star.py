# python >= 3.11
def f(a):
    try:
        a()
    except* ValueError:
        pass
    except* (TypeError, KeyError) as e:
        print(e)
        raise
    else:
        a = 1
    finally:
        a = 2


def nested(a):
    for x in a:
        try:
            try:
                x()
            except* OSError as o:
                try:
                    raise o
                except* ValueError:
                    x = 1
        except ExceptionGroup as g:
            return g
