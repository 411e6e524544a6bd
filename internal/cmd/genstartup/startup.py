"""Print the strings that are interned in a fresh "python -m compileall" when it
compiles its first file: those that code objects share with the interpreter itself.

Candidates are the names, words, qualified names and names of modules in the sources of
the standard library; the interpreter is asked of each.

usage: startup.py DIR, where DIR holds one source file, first.py
"""
import ast
import os
import re
import subprocess
import sys


def candidates(root):
    names, qualified = set(), set()

    def scopes(node, prefix):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                qualified.add(prefix + child.name)
                scopes(child, prefix + child.name + ".")
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                qualified.add(prefix + child.name)
                scopes(child, prefix + child.name + ".<locals>.")
            else:
                scopes(child, prefix)

    for folder, _, files in os.walk(root):
        for name in files:
            if not name.endswith(".py"):
                continue
            try:
                with open(os.path.join(folder, name), "rb") as f:
                    tree = ast.parse(f.read())
            except (SyntaxError, ValueError):
                continue
            scopes(tree, "")
            for node in ast.walk(tree):
                for field in node._fields:
                    value = getattr(node, field)
                    for v in value if isinstance(value, list) else [value]:
                        if isinstance(v, str):
                            names.add(v)
    words = {w for w in names if re.fullmatch("[A-Za-z0-9_]{2,}", w)}
    return sorted(words | {q for q in qualified | names if "." in q and re.fullmatch(r"[\w.<>]+", q)})


# Be "python -m compileall -q -f FOLDER" and look before first.py is compiled. Names
# of its own would be interned too: it has those of one letter and known ones.
PROBE = """
import runpy, sys
import importlib._bootstrap_external as e
f = e.SourceLoader.source_to_code
w = sys.stdin.read().splitlines()
def g(self, *a, **k):
    if getattr(self, "path", "").endswith("first.py"):
        for x in w:
            y = x.encode().decode()
            if sys.intern(y) is not y:
                print(x)
    return f(self, *a, **k)
e.SourceLoader.source_to_code = g
sys.argv = ["compileall", "-q", "-f", sys.argv[1]]
runpy.run_module("compileall", run_name="__main__", alter_sys=True)
"""

words = "\n".join(candidates(os.path.dirname(os.__file__)))
done = subprocess.run([sys.executable, "-c", PROBE, sys.argv[1]], input=words, capture_output=True, text=True, check=True)
sys.stdout.write(done.stdout)
