"""Compile the files named on standard input; print what is wrong with each.

One line of JSON for each: null, or type, message, line, col, end_line, end_col,
text (null where the exception has None, or is no SyntaxError). The arguments are
compile's mode, the stage (with "parse" only the parser runs) and the minor version
whose grammar is wanted.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")
mode, stage, feature = sys.argv[1:]
flags = 0x400 if stage == "parse" else 0  # ast.PyCF_ONLY_AST

for name in sys.stdin:
    name = name.rstrip("\n")
    with open(name, "rb") as f:
        data = f.read()
    try:
        compile(data, name, mode, flags, dont_inherit=True, _feature_version=int(feature))
        answer = None
    except SyntaxError as e:
        answer = {
            "type": type(e).__name__, "message": e.msg, "line": e.lineno, "col": e.offset,
            "end_line": e.end_lineno, "end_col": e.end_offset, "text": e.text,
        }
    except Exception as e:
        answer = {"type": type(e).__name__, "message": str(e)}
    print(json.dumps(answer))
    sys.stdout.flush()
