def f(a):
    for b in a:
        while b:
            if b:
                try:
                    with b as c:
                        for d in c:
                            try:
                                if d:
                                    return d
                                elif c:
                                    break
                            except ValueError as e:
                                while e:
                                    with e:
                                        continue
                            finally:
                                d = None
                finally:
                    for g in a:
                        if g:
                            break
                    else:
                        b = None
