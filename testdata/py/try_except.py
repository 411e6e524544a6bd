def f(a):
    try:
        a()
    except:
        return 1
    try:
        a()
    except ValueError:
        pass
    except (TypeError, KeyError):
        raise
    else:
        a = 2
    try:
        pass
    except Exception as e:
        print(e)
    try:
        a()
    except ValueError as e:
        return e
    except TypeError as e:
        e = None
        del e
    return a


def nested(a):
    try:
        try:
            a()
        except ValueError as e:
            try:
                a(e)
            except TypeError as e2:
                raise e2
            else:
                return
        a = 1
    except:
        try:
            raise
        except:
            pass


def loops(a):
    for x in a:
        try:
            x()
        except ValueError:
            continue
        except KeyError:
            break
        else:
            continue
    while a:
        try:
            break
        except:
            return
