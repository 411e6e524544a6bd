"""Docstrings of a module,

a class and functions.
"""


def one():
    "one line"


def more():
    """
    Indented text,
        deeper text,
	tabs, 'quotes', "double quotes" and a backslash \\.
    """
    return 1


class C(object):
    """Of a class."""

    def method(self):
        """Of a method."""

    def only_string_and_code(self):
        "first" "joined"
        "not a docstring"
        return self


def no_docstring():
    b"bytes are none"
    return None
