"a docstring it is not"
