"""What a compiled program relies on (usage: abi.py CC LIST INCLUDE … [--update]).

The size of every public struct, the place of every field and the number of every constant, on machines of 64 bits, as they
stand in the headers, are compared with the list. Before a release anything may change, together with the list; after it a
struct may only grow at its end, and nothing in the list may get another number. --update writes the list."""

import pathlib
import re
import subprocess
import sys
import tempfile

arguments = [argument for argument in sys.argv[1:] if argument != "--update"]
compiler, listed, folders = arguments[0], pathlib.Path(arguments[1]), arguments[2:]

headers = sorted((path for folder in folders for path in pathlib.Path(folder, "hromada").glob("*.h")),
                 key=lambda path: path.name)
lines = []
for path in headers:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    text = re.sub(r"^\s*#.*", "", text, flags=re.M)
    for body, name in re.findall(r"typedef struct \w+ \{(.*?)\} (\w+);", text, re.S):
        lines.append((name, f"sizeof({name})"))
        for field in body.split(";"):
            declared = re.search(r"\(\*(\w+)\)\s*\(|(\w+)\s*(?:\[\w+\]\s*)?$", field.strip())
            if declared:
                lines += [(f"{name}.{declared[1] or declared[2]}", f"offsetof({name}, {declared[1] or declared[2]})")]
    for body in re.findall(r"\benum\s*\{(.*?)\}", text, re.S):
        lines += [(name, name) for name in re.findall(r"\b(HRM_\w+)\s*=", body)]

program = "#include <stdio.h>\n" + "".join(
    f'#include "hromada/{path.name}"\n' for path in headers) + "int main(void) {\n" + "".join(
    f'    printf("%s %lld\\n", "{name}", (long long)({value}));\n' for name, value in lines) + "    return 0;\n}\n"
with tempfile.TemporaryDirectory() as folder:
    executable = pathlib.Path(folder, "pins")
    subprocess.run([compiler, "-std=c11", *(f"-I{one}" for one in folders), "-x", "c", "-", "-o", executable], check=True,
                   input=program, text=True)
    found = subprocess.run([executable], check=True, capture_output=True, text=True).stdout.splitlines()

if "--update" in sys.argv:
    listed.write_text("# Sizes, places of fields and numbers of constants; written by tests/rules/abi.py --update.\n" +
                      "\n".join(found) + "\n", encoding="utf-8")
known = [line for line in listed.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
gone, new = sorted(set(known) - set(found)), sorted(set(found) - set(known))
for line in gone:
    print(f"listed, and no longer so: {line}")
for line in new:
    print(f"not listed:               {line}")
print(f"{len(found)} sizes, places and numbers, {len(gone) + len(new)} differences")
sys.exit(1 if gone or new else 0)
