"""Who may include what (usage: includes.py SOURCE).

The folders of lib/ stand in an order; each includes its own headers and those of folders before it. Other libraries have
one door each. Public headers need nothing but three standard ones. The example programs use the public headers alone."""

import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])

ORDER = ["base", "geo", "community", "table", "measure", "indicator", "analyse", "io", "report", "recipe"]

# The folder that a public header belongs to.
PUBLIC = {
    "config.h": "base", "context.h": "base", "export.h": "base", "version.h": "base",
    "codifier.h": "community", "crosswalk.h": "community", "gazetteer.h": "community", "layer.h": "community",
    "join.h": "table", "panel.h": "table", "table.h": "table",
    "areal.h": "measure", "projects.h": "measure", "proximity.h": "measure", "tally.h": "measure",
    "catalogue.h": "indicator", "formula.h": "indicator",
    "io.h": "io",
    "recipe.h": "recipe",
    "hromada.h": "programs",
}

# Other libraries: which folders may open which door.
DOORS = [
    (re.compile(r"gdal.*\.h|ogr.*\.h|cpl.*\.h|iconv\.h|nettle/.*\.h"), {"io"}),
    (re.compile(r"proj\.h|geodesic\.h|geos_c\.h"), {"geo"}),
    (re.compile(r"yaml\.h"), {"recipe"}),
]
STANDARD = {f"{name}.h" for name in "assert errno float inttypes limits math stdalign stdarg stdatomic stdbool stddef "
            "stdint stdio stdlib string utf8proc".split()}
FILES = {"dirent.h", "fcntl.h", "sys/stat.h", "sys/types.h", "time.h", "unistd.h"}  # where files are read and written

found = []


def includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
        if match:
            yield number, match[1] == '"', match[2]


def wrong(path, number, text):
    found.append(f"{path.relative_to(source)}:{number}: {text}")


def check_library(path, folder):
    for number, own, name in includes(path):
        home, _, rest = name.partition("/")
        if own and not rest and name.endswith(".inc") and (path.parent / name).exists():
            continue
        if own:
            belongs = PUBLIC.get(rest) if home == "hromada" else home
            if belongs not in ORDER:
                wrong(path, number, f'"{name}" is in no folder of the library')
            elif ORDER.index(belongs) > ORDER.index(folder):
                wrong(path, number, f'{folder}/ stands before {belongs}/ and may not include "{name}"')
            continue
        door = next((folders for pattern, folders in DOORS if pattern.fullmatch(name)), None)
        if door is not None and folder not in door:
            wrong(path, number, f"only {'/, '.join(sorted(door))}/ may include <{name}>")
        elif door is None and name in FILES and folder not in {"io", "report", "recipe"}:
            wrong(path, number, f"<{name}>: files are the business of io/, report/ and recipe/")
        elif door is None and name not in FILES | STANDARD:
            wrong(path, number, f"<{name}> is on no list of tests/rules/includes.py")


def check_public(path):
    for number, own, name in includes(path):
        if own and not name.startswith("hromada/") or not own and name not in {"stdbool.h", "stddef.h", "stdint.h"}:
            wrong(path, number, f"a public header may not include {name}")


def check_example(path):
    for number, own, name in includes(path):
        beside = own and (source / "examples" / name).exists()
        other = any(pattern.fullmatch(name) for pattern, _ in DOORS)
        if own and not beside and not name.startswith("hromada/") or other:
            wrong(path, number, f"the programs use the public headers alone, not {name}")


files = 0
for path in sorted(source.glob("lib/*/*.[ch]")):
    if path.parent.name in ORDER:
        check_library(path, path.parent.name)
    else:
        wrong(path, 1, "a folder that is on no list of tests/rules/includes.py")
    files += 1
for path in sorted(source.glob("include/hromada/*.h*")):
    check_public(path)
    files += 1
for path in sorted(source.glob("examples/*.[ch]")):
    check_example(path)
    files += 1

print("\n".join(found) or f"{files} files keep the order of folders")
sys.exit(1 if found else 0)
