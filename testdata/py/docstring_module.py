"""A module that is nothing but its docstring."""
