"""What no source of the library may hold (usage: calls.py SOURCE).

What can be seen in the compiled library is checked there, see objects.py; this reads the text: numbers formatted or read
with regard to the locale, stack of unknown size, macros that hide a jump."""

import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])

RULES = [
    (re.compile(r'"(?:[^"\\]|\\.)*%[-+ #0-9.*]*l?L?[aAeEfFgG](?:[^"\\]|\\.)*"'),
     "numbers are written by hrmi_number_write(), not by %f, %g or %e"),
    (re.compile(r"\balloca\s*\("), "no memory of unknown size on the stack"),
    (re.compile(r"\b(strtod|strtof|strtold|atof|sscanf|setlocale|localeconv)\s*\("),
     "numbers are read by hrmi_number_read()"),
    (re.compile(r"\b(isalpha|isdigit|isspace|isalnum|isupper|islower|toupper|tolower|strcasecmp|strcoll)\s*\("),
     "depends on the locale"),
    (re.compile(r"^\s*#\s*define\b.*\b(return|goto)\b"), "a macro hides a jump"),
]

COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"', re.S)


def without_comments(text):
    """Comments become blanks; lines keep their numbers."""
    return COMMENT.sub(lambda m: m[0] if m[0][0] == '"' else re.sub(r"[^\n]", " ", m[0]), text)


found = []
for path in sorted(source.glob("lib/**/*.[ch]")) + sorted(source.glob("examples/*.[ch]")):
    lines = without_comments(path.read_text(encoding="utf-8")).splitlines()
    for number, line in enumerate(lines, 1):
        for pattern, why in RULES:
            in_program = path.parent.name == "examples"
            if pattern.search(line) and not (in_program and "hrmi_number_write" in why):
                found.append(f"{path.relative_to(source)}:{number}: {why}: {line.strip()}")

print("\n".join(found) or "no forbidden calls in the text of the library")
sys.exit(1 if found else 0)
