for i in x:
    i
    [i for i in x]
else:
    1
