/*
 * Any bytes as an alias file: refused with a text, or a crosswalk whose counts add up and whose answers are
 * keys of seven digits.
 */
#include <cpl_vsi.h>
#include <stdlib.h>
#include <string.h>

#include "hromada/hromada.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char path[] = "/vsimem/aliases.csv";

static void check(bool right) {
    if (!right) abort();
}

static void ask(const hrm_crosswalk *crosswalk, int64_t row, const char *oblast, const char *raion,
                const char *written) {
    bool ambiguous = true;
    const char *const key = hrm_crosswalk_find(crosswalk, row, oblast, raion, written, &ambiguous);
    check(key == NULL || (!ambiguous && strlen(key) == 7 && strspn(key, "0123456789") == 7));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    hrm_context *ctx = NULL;
    hrm_crosswalk *crosswalk = NULL;
    hrm_source source;
    hrm_crosswalk_counts counts = {.struct_size = sizeof counts};
    uint8_t *const copy = malloc(size + 1);
    char *const text = malloc(size + 1);
    check(copy != NULL && text != NULL && hrm_context_new(NULL, &ctx) == HRM_OK);
    if (size > 0) memcpy(copy, data, size);
    if (size > 0) memcpy(text, data, size);
    text[size] = '\0';
    (void)VSIFCloseL(VSIFileFromMemBuffer(path, copy, size, FALSE));
    hrm_source_init(&source, sizeof source);
    source.path = path;
    const hrm_status status = hrm_crosswalk_open(ctx, &source, NULL, &crosswalk);
    check((status == HRM_OK) == (crosswalk != NULL));
    if (status == HRM_OK) {
        check(hrm_crosswalk_counts_of(crosswalk, &counts));
        check(counts.forms + 2 * counts.ambiguous + counts.undecided <= counts.records);
        ask(crosswalk, 0, NULL, NULL, "Новотра");
        ask(crosswalk, 7, NULL, NULL, "Новотра");
        ask(crosswalk, 0, "Вінницька", "Вінницький", "Новотра");
        ask(crosswalk, 0, NULL, NULL, "510100000");
        ask(crosswalk, 0, text, NULL, text); /* the file itself as a name */
    } else {
        check(hrm_error_message(ctx)[0] != '\0');
    }
    hrm_crosswalk_free(crosswalk);
    hrm_context_free(ctx);
    (void)VSIUnlink(path);
    free(copy);
    free(text);
    return 0;
}
