class C:
    "doc"
    1
    x: int
