/* Runs a fuzzer over every file of a folder: its corpus as an ordinary test. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *folder, const char *name) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *const file = fopen(path, "rb");
    if (file == NULL) return 1;
    (void)fseek(file, 0, SEEK_END);
    const long size = ftell(file);
    rewind(file);
    uint8_t *const data = malloc(size > 0 ? (size_t)size : 1); /* exactly the size: reading beyond is seen */
    const size_t read = data == NULL ? 0 : fread(data, 1, (size_t)size, file);
    (void)fclose(file);
    const int wrong = data == NULL || read != (size_t)size;
    if (!wrong) (void)LLVMFuzzerTestOneInput(data, read);
    free(data);
    return wrong;
}

int main(int argc, char **argv) {
    int files = 0;
    if (argc != 2) return 2;
    DIR *const folder = opendir(argv[1]);
    if (folder == NULL) return 2;
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] == '.') continue;
        if (replay(argv[1], entry->d_name) != 0) {
            (void)fprintf(stderr, "cannot read %s/%s\n", argv[1], entry->d_name);
            (void)closedir(folder);
            return 1;
        }
        files++;
    }
    (void)closedir(folder);
    printf("%d files replayed\n", files);
    return files > 0 ? 0 : 1; /* an empty corpus tests nothing */
}
