# python >= 3.12
def f(a):
    f"{f"{f"{a}"}"}"
    f"{"\n".join(a)}"
    f"{a:{"x"}{f"{1}"}}"
    f"{
        a  # a comment
    }"
    return f"{a!r:{a}{a}}", f'{a['key']}'
