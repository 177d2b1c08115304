"""Why something cannot be used is told in two languages (usage: twins.py SOURCE).

The readers of codes, cells, places and periods give a fixed English text; each must have a Ukrainian twin in
lib/table/join_why_uk.c, and the list there holds none that no reader gives."""

import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])
LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*')


def literals(name):
    """The string literals of a file, each with what stands before it."""
    text = re.sub(r"/\*.*?\*/", "", (source / name).read_text(encoding="utf-8"), flags=re.S)
    text = re.sub(r"^\s*#.*", "", text, flags=re.M)
    return [("".join(re.findall(r'"((?:[^"\\\n]|\\.)*)"', found[0])), text[:found.start()])
            for found in LITERAL.finditer(text)]


def is_sentence(text):
    return " " in text and "%" not in text and re.search("[a-z]", text)


MISSING = {"no data"}  # a word for a cell that says nothing
english = {text for name in ("lib/community/code.c", "lib/base/number_cell.c") for text, _ in literals(name)
           if is_sentence(text)} - MISSING
english |= {text for text, _ in literals("lib/table/id.c") if text.startswith("the period ")}
for name in ["lib/table/join_find.c", "lib/table/join_rows.c",
             *sorted(str(path.relative_to(source)) for path in source.glob("lib/community/gazetteer*.c"))]:
    english |= {text for text, before in literals(name) if is_sentence(text) and re.search(r"(\breturn|[?:=])\s*$", before)}

texts = [text for text, _ in literals("lib/table/join_why_uk.c")]
twins = dict(zip(texts[0::2], texts[1::2]))
found = [f"no Ukrainian twin of: {text}" for text in sorted(english - set(twins))]
found += [f"no reader says: {text}" for text in sorted(set(twins) - english)]
found += [f"not Ukrainian: {text}" for text in twins.values() if not re.search("[а-яіїєґ]", text)]
print("\n".join(found) or f"{len(twins)} texts in two languages")
sys.exit(1 if found or not twins else 0)
