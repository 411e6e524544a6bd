def f(obj):
    obj.first(
        1,
        2,
    ).second(
        key=3,
        other=[
            4,
            5,
        ],
    ).third(
        *obj.args,
        **obj.kwargs
    )
    return obj.attr[
        1:
        2
    ].name


x = """a
b
c""" + \
    "d" \
    "e"

y = {
    "a":
        1,
    "b": 2,
}
