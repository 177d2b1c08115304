/*
 * Any bytes as a codifier: refused with a text, or units that are found by their codes, lie in each other
 * without circles, are children of their parents, and have an end to whatever became of them.
 */
#include <cpl_vsi.h>
#include <stdlib.h>
#include <string.h>

#include "hromada/hromada.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char path[] = "/vsimem/codifier.csv";

static void check(bool right) {
    if (!right) abort();
}

static hrm_codifier_unit unit_of(const hrm_codifier *codifier, size_t i) {
    hrm_codifier_unit unit = {.struct_size = sizeof unit};
    check(hrm_codifier_unit_info(codifier, i, &unit));
    return unit;
}

static void check_unit(const hrm_codifier *codifier, size_t i) {
    const size_t count = hrm_codifier_count(codifier);
    const hrm_codifier_unit unit = unit_of(codifier, i);
    const size_t found = hrm_codifier_find(codifier, unit.code);
    check(found < count && strncmp(unit_of(codifier, found).code, unit.code, 4) == 0);
    check(strlen(unit.code) < 19 || found == i);
    check(unit.category >= HRM_UNIT_OBLAST && unit.category <= HRM_UNIT_CITY_DISTRICT);
    size_t depth = 0;
    for (size_t u = i; u != HRM_NONE; u = unit_of(codifier, u).parent) check(u < count && ++depth <= 5);
    if (unit.community != HRM_NONE) check(unit_of(codifier, unit.community).community == unit.community);
    size_t mine = 0;
    if (unit.parent != HRM_NONE)
        for (size_t k = 0; k < hrm_codifier_child_count(codifier, unit.parent); k++)
            mine += hrm_codifier_child(codifier, unit.parent, k) == i;
    check(mine == (unit.parent != HRM_NONE));
    const size_t end = hrm_codifier_follow(codifier, i, NULL);
    check(end == HRM_NONE || unit_of(codifier, end).successor[0] == '\0');
    const size_t then = hrm_codifier_follow(codifier, i, "2024-02-29");
    check(then == HRM_NONE || then < count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    enum { UNITS_LOOKED_AT = 64 };
    hrm_context *ctx = NULL;
    hrm_codifier *codifier = NULL;
    hrm_source source;
    uint8_t *const copy = malloc(size + 1);
    check(copy != NULL && hrm_context_new(NULL, &ctx) == HRM_OK);
    if (size > 0) memcpy(copy, data, size);
    (void)VSIFCloseL(VSIFileFromMemBuffer(path, copy, size, FALSE));
    hrm_source_init(&source, sizeof source);
    source.path = path;
    const hrm_status status = hrm_codifier_open(ctx, &source, NULL, &codifier);
    check((status == HRM_OK) == (codifier != NULL));
    if (status == HRM_OK) {
        for (size_t i = 0; i < hrm_codifier_count(codifier) && i < UNITS_LOOKED_AT; i++)
            check_unit(codifier, i);
        (void)hrm_codifier_find_old(codifier, "510100000");
    } else {
        check(hrm_error_message(ctx)[0] != '\0');
    }
    hrm_codifier_free(codifier);
    hrm_context_free(ctx);
    (void)VSIUnlink(path);
    free(copy);
    return 0;
}
