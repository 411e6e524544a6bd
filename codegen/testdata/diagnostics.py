# Prints a file of small programs, separated by lines of ---, with what CPython's
# compiler says of each: lines that begin with =>. Those that are there already are
# left out. Argument: the file.
import sys
import warnings

for n, part in enumerate(open(sys.argv[1], encoding="utf-8").read().split("---\n")):
    program = "".join(l for l in part.splitlines(True) if not l.startswith("=>"))
    if n:
        print("---")
    print(program, end="")
    error = None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            compile(program, "program", "exec", dont_inherit=True)
        except SyntaxError as e:
            error = e
    for w in caught:
        print(f"=> {w.category.__name__} {w.lineno}: {w.message}")
    if error:
        print(f"=> {type(error).__name__} {error.lineno}:{error.offset}-"
              f"{error.end_lineno}:{error.end_offset}: {error.msg}")
