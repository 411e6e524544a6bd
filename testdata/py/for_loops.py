def f(seq, pairs):
    for x in seq:
        print(x)
    for x, y in pairs:
        if x:
            continue
        print(y)
    else:
        print("done")
    for (a, (b, c)), d in pairs:
        break
    for obj.attr in seq:
        pass
    for seq[0] in seq:
        return seq
    for i in range(10):
        for j in range(i):
            if j:
                break
        else:
            continue
        break
    for x in []:
        pass
    for x in (1, 2, 3):
        print(x)
    for x in "text":
        yield x
