"""hromada-assess as people meet it: exit codes, messages, the progress bar, Ctrl-C (usage: programs.py HROMADA_ASSESS SOURCE
FOLDER). Everything is written below FOLDER."""

import os
import pathlib
import pty
import random
import shutil
import signal
import subprocess
import sys

program, source, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3])
demo = source / "examples" / "demo"
shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(parents=True)


def run(*arguments, **options):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", **options)


def expect(result, code, out="", err=""):
    told = f"{result.args[1:]}: exit code {result.returncode}\n{result.stdout}{result.stderr}"
    assert result.returncode == code, told
    assert out in result.stdout, f"no {out!r} in {told}"
    assert err in result.stderr, f"no {err!r} in {told}"


# wrong usage: 2, with a hint
expect(run(), 2, err="an argument is missing: RECIPE")
expect(run("a", "b"), 2, err="unexpected argument b")
expect(run("--quite", "a"), 2, err="unknown option --quite; did you mean --quiet?")
expect(run("--xyzzyplugh", "a"), 2, err="unknown option --xyzzyplugh\n")
expect(run("-x", "a"), 2, err="unknown option -x")
expect(run("--threads", "0", "a"), 2, err="--threads wants a number from 1 to 1024, not 0")
expect(run("--threads=many", "a"), 2, err="not many")
expect(run("a", "-o"), 2, err="a value must follow the option -o")
expect(run("--quiet=yes", "a"), 2, err="no value may follow the option --quiet=yes")

# help and version: 0, on standard output
expect(run("--help"), 0, out="Usage: hromada-assess [OPTION]... RECIPE")
expect(run("-V"), 0, out="hromada-assess 0.")

# the input failed: 1, with a sentence
expect(run("no-such.yaml"), 1, err="hromada-assess: no-such.yaml: the recipe cannot be opened")
(folder / "bad.yaml").write_text("hromada: 1\ncomunities: {source: a}\n")
expect(run(folder / "bad.yaml"), 1, err="line 2, column 1: unknown key 'comunities'")
expect(run(demo / "recipe.yaml", "-o", demo / "recipe.yaml"), 1, err="recipe.yaml: not a folder")
if os.path.exists("/dev/full"):
    with open("/dev/full", "w") as full:
        result = subprocess.run([program, demo / "recipe.yaml", "-o", folder / "full"], stdout=full, stderr=subprocess.PIPE)
        assert result.returncode == 1 and b"standard output could not be written" in result.stderr, result
        for option in ("--help", "--version"):
            result = subprocess.run([program, option], stdout=full, stderr=subprocess.PIPE)
            assert result.returncode == 1 and b"standard output could not be written" in result.stderr, result

# done: 0, with the results where they were asked for
expect(run("-o", folder / "out", demo / "recipe.yaml"), 0, out=f"  {folder}/out/indicators.gpkg\n")
expect(run(demo / "recipe.yaml", f"--output={folder}/threads", "--threads", "2"), 0)
first, second = ((folder / name / "indicators.csv").read_bytes() for name in ("out", "threads"))
assert first == second and first.count(b"\n") == 61
result = run(f"-o{folder}/quiet", "-q", "--", demo / "recipe.yaml")
expect(result, 0)
assert result.stdout == result.stderr == ""
shutil.copy(demo / "recipe.yaml", folder / "elsewhere.yaml")
expect(run(folder / "elsewhere.yaml", "-q"), 1, err="communities.geojson")
expect(run(folder / "elsewhere.yaml", "-q", "--data", demo), 0)
assert (folder / "output" / "account.json").exists()

# on a terminal a progress bar, and Ctrl-C leaves nothing half written
rows = random.Random(1)
with open(folder / "many.csv", "w") as many:
    many.write("lon,lat\n")
    many.writelines(f"{rows.uniform(30, 36):.6f},{rows.uniform(42, 45):.6f}\n" for _ in range(400000))
(folder / "long.yaml").write_text("hromada: 1\ncommunities: {source: " + str(demo / "communities.geojson") + "}\n"
                                  "points: [{id: a, source: many.csv, x: lon, y: lat, crs: 'EPSG:4326'}]\n")
try:
    terminal, its_end = pty.openpty()
except OSError as error:  # a system without /dev/pts
    print(f"SKIPPED for want of a terminal ({error}): progress bar and Ctrl-C")
    sys.exit(0)
child = subprocess.Popen([program, str(folder / "long.yaml"), "-o", str(folder / "stopped")], stderr=its_end,
                         stdout=subprocess.DEVNULL)
os.close(its_end)
told = b""
while b"counting points" not in told:
    told += os.read(terminal, 4096)
child.send_signal(signal.SIGINT)
try:
    while piece := os.read(terminal, 4096):
        told += piece
except OSError:  # the other end is closed
    pass
code = child.wait()
assert b"] " in told and b" % counting points" in told, told
assert code == 1 and b"stopped on request" in told, (code, told[-300:])
assert not (folder / "stopped").exists()
print("all as it should be")
