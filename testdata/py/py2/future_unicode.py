from __future__ import unicode_literals, with_statement, nested_scopes, generators
a = "text", b"bytes", u"u"
def f():
    "docstring"
    return "x"
