def half(n):
    try:
        return n // 2
    except TypeError:
        return None
