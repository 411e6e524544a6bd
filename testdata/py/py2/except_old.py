try:
    x
except ValueError, e:
    print e
except (TypeError, KeyError), (a, b):
    raise
except IOError, x.attr:
    pass
except IOError, x[0]:
    pass
except Exception as e:
    del e
finally:
    pass
