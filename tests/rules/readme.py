"""What the READMEs show is what the programs do (usage: readme.py HROMADA_ASSESS SOURCE FOLDER).

The output under `<!-- output of examples/demo.sh -->` is that of the demo region, that under `<!-- output of hromada-join -->` of the
command above it. Each recipe under `<!-- recipe -->` runs over
its files. Everything is written below FOLDER."""

import pathlib
import re
import shutil
import subprocess
import sys

program, source, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
demo = source / "examples" / "demo"
shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(parents=True)
found = []


def run(*arguments):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")


readme = (source / "README.md").read_text(encoding="utf-8")
shown = re.search(r"<!-- output of examples/demo.sh -->\n+```\w*\n(.*?)```", readme, re.S)
output = run(demo / "recipe.yaml", "-o", folder / "demo").stdout
if shown is None or shown[1] not in output:
    found.append(f"README.md: the output of examples/demo.sh is no longer as shown; it is\n{output}")

guide = (source / "examples" / "README.uk.md").read_text(encoding="utf-8")
shown = re.search(r"    build/examples/(hromada-join [^`]*?)\n\n<!-- output of hromada-join -->\n+```\w*\n(.*?)```", guide, re.S)
if shown is None:
    found.append("README.uk.md: no command of hromada-join with its output")
else:
    words = shown[1].replace("\\\n", " ").split()
    command = [str(pathlib.Path(program).parent.resolve() / words[0]), *words[1:]]
    output = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=source).stdout
    if output != shown[2]:
        found.append(f"README.uk.md: the output of hromada-join is no longer as shown; it is\n{output}")

recipes = 0
for path in [source / "README.md", source / "examples" / "README.uk.md"]:
    for text in re.findall(r"<!-- recipe -->\n```yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.S):
        recipes += 1
        recipe = folder / f"recipe{recipes}.yaml"
        recipe.write_text(text, encoding="utf-8")
        result = run(recipe, "--data", demo, "-o", folder / str(recipes))
        if result.returncode != 0:
            found.append(f"{path.relative_to(source)}: the recipe fails: {result.stderr}")

print("\n".join(found) or f"{recipes} recipes run, and the output is as shown")
sys.exit(1 if found or recipes < 2 else 0)
