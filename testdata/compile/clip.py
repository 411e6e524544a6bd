def clip(x, low=0):
    if x < low and __debug__:
        return low
    return x * (2 + 1)
