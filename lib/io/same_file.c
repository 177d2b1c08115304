/*
 * Whether two paths lead to one file: by what the system says of the files, so that links and detours do not
 * hide it; and for files that are not there yet by their folders and names.
 */
#include <string.h>
#include <sys/stat.h>

#include "hromada/io.h"
#include "io/path.h"

enum { FOLDER_MOST = 4096 };

static bool same_facts(const char *a, const char *b) {
    struct stat of_a, of_b;
    return stat(a, &of_a) == 0 && stat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
           of_a.st_ino == of_b.st_ino;
}

/* The folder of a path, "." of a bare name; false where it is too long. */
static bool folder_of(const char *path, char out[FOLDER_MOST]) {
    const size_t length = (size_t)(hrmi_path_base(path) - path);
    if (length + 2 > FOLDER_MOST) return false;
    memcpy(out, path, length);
    memcpy(out + length, ".", 2);
    return true;
}

bool hrm_same_file(const char *a, const char *b) {
    char folder_a[FOLDER_MOST];
    char folder_b[FOLDER_MOST];
    if (a == NULL || b == NULL) return false;
    if (strcmp(a, b) == 0 || same_facts(a, b)) return true;
    return strcmp(hrmi_path_base(a), hrmi_path_base(b)) == 0 && folder_of(a, folder_a) &&
           folder_of(b, folder_b) && same_facts(folder_a, folder_b);
}
