"""Every public header compiles alone, as C11 and as C++11, under strict flags (usage: headers.py CC INCLUDE …)."""

import pathlib
import shutil
import subprocess
import sys

compiler, folders = sys.argv[1], sys.argv[2:]
flags = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Werror -fsyntax-only".split()
languages = [(compiler, "c", ["-std=c11", "-Wstrict-prototypes"]), (compiler, "c", ["-std=c2x"])]
plus = shutil.which("clang++" if "clang" in pathlib.Path(compiler).name else "g++")
if plus:
    languages += [(plus, "c++", ["-std=c++11", "-Wold-style-cast"]), (plus, "c++", ["-std=c++20"])]
else:
    print("SKIPPED for want of a C++ compiler: headers as C++")

headers = sorted(path.name for folder in folders for path in pathlib.Path(folder, "hromada").glob("*.h"))
failed = 0
for header in headers:
    for program, language, options in languages:
        text = f'#include "hromada/{header}"\n#include "hromada/{header}"\nint the_end_of_it;\n'
        result = subprocess.run([program, "-x", language, *options, *flags, *(f"-I{folder}" for folder in folders), "-"],
                                input=text, capture_output=True, text=True)
        if result.returncode != 0:
            print(f"hromada/{header} as {options[0][5:]}:\n{result.stderr}")
            failed += 1
print(f"{len(headers)} headers, each alone, in {len(languages)} languages: {failed} failures")
sys.exit(1 if failed else 0)
