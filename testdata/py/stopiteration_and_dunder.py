__all__ = ["a", "b"]
__version__ = "1.0"
__debug__
if __name__ == "__main__":
    import sys
    sys.exit(__file__)
if not __debug__:
    raise StopIteration
