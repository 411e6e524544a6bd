[x for x in y if (lambda: x)] + (a and b or not c)
