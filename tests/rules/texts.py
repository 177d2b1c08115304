"""What holds for the texts of the repository (usage: texts.py SOURCE).

An example program is at most 150 lines long, beside what all of them share. A block of code in a README that stands under `<!-- lines of FILE -->` is in FILE,
line by line: what people read was compiled. Nothing unfinished is left lying about. No message tells the caller's path unseen."""

import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])
found = []

for path in sorted(source.glob("examples/*.c")):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > 150:
        found.append(f"{path.relative_to(source)}: {lines} lines; an example is at most 150 long")

blocks = 0
for path in [source / "README.md", *sorted(source.glob("examples/**/README*.md"))]:
    if not path.exists():
        continue
    for name, block in re.findall(r"<!-- lines of (\S+) -->\n+```\w*\n(.*?)```", path.read_text(encoding="utf-8"), re.S):
        blocks += 1
        if block not in (source / name).read_text(encoding="utf-8"):
            found.append(f"{path.relative_to(source)}: the block under `lines of {name}` is not in that file as it stands")

MARKS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
for folder in ("lib", "include", "examples", "tests", "cmake"):
    for path in sorted((source / folder).rglob("*")):
        if path.suffix not in {".c", ".h", ".in", ".cmake", ".sh", ".py", ".md", ".txt"} or path.name == "texts.py":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if MARKS.search(line):
                found.append(f"{path.relative_to(source)}:{number}: {line.strip()}")

# The caller's path may be a connection with a password: what is told is hrmi_rows_path(), or the path of what was opened.
for path in sorted((source / "lib" / "io").glob("*.c")):
    if path.name == "source.c":
        continue
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if re.search(r"\bsource->path\b", line):
            found.append(f"{path.relative_to(source)}:{number}: the caller's path, which may hold a password: {line.strip()}")

print("\n".join(found) or f"{blocks} blocks of code in the READMEs are as in their files")
sys.exit(1 if found else 0)
