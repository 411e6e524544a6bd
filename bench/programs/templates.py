"""Templates and small languages: regular expressions with functions, string.Template, str.format_map, a tokenizer, HTML."""

import html
import re
import sys
from string import Template
from textwrap import dedent, fill

TOKEN = re.compile(r"""
    (?P<text>[^{}]+) | \{\{(?P<expr>.*?)\}\} | \{%\s*(?P<tag>\w+)\s*(?P<rest>.*?)\s*%\} | (?P<other>[{}])
""", re.VERBOSE | re.DOTALL)


class Missing(dict):
    def __missing__(self, key):
        return f"<{key}>"


def parse(source):
    """Return a tree of (kind, ...) tuples."""
    root = []
    stack = [root]
    for m in TOKEN.finditer(source):
        kind = m.lastgroup
        if kind == "expr":
            name, *filters = (part.strip() for part in m["expr"].split("|"))
            stack[-1].append(("expr", name.split("."), filters))
        elif kind == "rest" or kind == "tag":
            tag, rest = m["tag"], m["rest"]
            if tag == "for":
                name, _, where = rest.partition(" in ")
                body = []
                stack[-1].append(("for", name, where, body))
                stack.append(body)
            elif tag == "if":
                body = []
                stack[-1].append(("if", rest, body))
                stack.append(body)
            else:
                stack.pop()
        else:
            stack[-1].append(("text", m[0]))
    return root


FILTERS = {"upper": str.upper, "escape": html.escape, "title": str.title, "length": len}


def render(tree, context, out):
    for node in tree:
        match node:
            case "text", text:
                out.append(text)
            case "expr", path, filters:
                value = context
                for name in path:
                    value = value[name]
                for name in filters:
                    value = FILTERS[name](value)
                out.append(str(value))
            case "for", name, where, body:
                for value in context[where]:
                    render(body, context | {name: value}, out)
            case "if", name, body:
                if context.get(name):
                    render(body, context, out)


def page(rows):
    source = dedent("""\
        <h1>{{ title | upper | escape }}</h1>
        {% if rows %}<table>
        {% for row in rows %}<tr><td>{{ row.id }}</td><td>{{ row.name | title }}</td><td>{{row.text|escape}}</td></tr>
        {% end %}</table>{% end %}""")
    tree = parse(source)
    data = {"title": "a & b", "rows": [{"id": n, "name": f"some name{n % 7}", "text": f"<b>{n}</b> & 'more'"} for n in range(rows)]}
    out = []
    render(tree, data, out)
    return "".join(out)


def letters(count):
    letter = Template("Dear $name,\n  you owe us ${sum} $$.\n$greeting")
    total = 0
    for n in range(count):
        total += len(letter.safe_substitute(name=f"Customer {n}", sum=n * 3))
        total += len("{name:>20} {age:03d} {city!r}".format_map(Missing(name=f"n{n}", age=n % 90)))
    return total


def markup(text):
    text = re.sub(r"\*(\w+)\*", lambda m: f"<em>{m[1]}</em>", text)
    text = re.sub(r"(?P<word>\b[A-Z]\w+)\b", r"[\g<word>]", text)
    return re.sub(r"\d+", lambda m: str(int(m[0]) * 2), text)


def main(size):
    shown = page(size)
    words = re.findall(r"[a-z]+|[0-9]+", shown)
    plain = html.unescape(re.sub(r"<[^>]*>", " ", shown))
    marked = markup("Some *text* with 12 Words and *more* 7 Numbers; " * size)
    filled = fill(" ".join(plain.split()), 60)
    print(f"templates {len(shown)} {len(words)} {len(plain)} {letters(size)} {len(marked)} {marked.count('em')} {filled.count(chr(10))} {len(filled)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 18000)
