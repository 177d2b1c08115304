"""What no object file of the library may hold (usage: objects.py LIBHROMADA.A).

Calls that print, end the process, change its locale, environment or working directory, or give numbers that differ from
machine to machine; memory that does not come from the context's allocator; data that can be written to. Reads what `nm` says
of the static library, built without sanitizers."""

import re
import subprocess
import sys

FORBIDDEN = set("""
    printf vprintf puts putchar putc fprintf vfprintf fputs perror sprintf vsprintf dprintf
    exit _exit _Exit quick_exit abort atexit raise signal sigaction system popen fork
    setlocale newlocale uselocale localeconv setenv putenv unsetenv chdir umask
    strtod strtof strtold atof atoi atol scanf fscanf sscanf
    rand srand random srandom drand48 lrand48 rand_r
    strtok localtime gmtime asctime ctime tmpnam mktemp
    qsort isalpha toupper tolower strcoll
""".split())
MEMORY = set("malloc calloc realloc strdup strndup aligned_alloc posix_memalign getline".split())
MEMORY_HOME = {"memory.c.o", "context.c.o"}  # base/: the allocator of those who bring none

found = []
member = "?"
for line in subprocess.run(["nm", "--format=sysv", sys.argv[1]], check=True, capture_output=True,
                           text=True).stdout.splitlines():
    heading = re.search(r"\[(.*)\]:$", line)
    if heading:
        member = heading[1]
    fields = [field.strip() for field in line.split("|")]
    if len(fields) != 7:
        continue
    name, section = fields[0], fields[6]
    plain = re.sub(r"^__(.*)_chk$", r"\1", name).removeprefix("__isoc99_")
    if section == "*UND*" and plain in FORBIDDEN:
        found.append(f"{member}: calls {plain}()")
    elif section == "*UND*" and plain in MEMORY and member not in MEMORY_HOME:
        found.append(f"{member}: calls {plain}(), not the context's allocator")
    elif re.match(r"\.(data|bss|tdata|tbss)(?!\.rel\.ro)|\*COM\*", section):
        found.append(f"{member}: {name} can be written to ({section})")

print("\n".join(found) or "no forbidden calls and nothing writable in the library's objects")
sys.exit(1 if found else 0)
