/* The catalogue, compiled in; its entries stand in catalogue.inc. */
#include "hromada/catalogue.h"
#include "indicator/program.h"

static const hrm_indicator entries[] = {
#include "indicator/catalogue.inc"
};

enum { ENTRY_COUNT = sizeof entries / sizeof *entries };

/* An entry that leaves a text out has "" there. */
static hrm_indicator filled(size_t i) {
    hrm_indicator out = entries[i];
    if (out.parameters == NULL) out.parameters = "";
    if (out.weight == NULL) out.weight = "";
    return out;
}

size_t hrm_catalogue_count(void) {
    return ENTRY_COUNT;
}

bool hrm_catalogue_indicator(size_t i, hrm_indicator *out) {
    if (i >= ENTRY_COUNT) return false;
    const hrm_indicator entry = filled(i);
    return hrmi_give_struct(out, &entry, sizeof entry);
}

size_t hrm_catalogue_find(const char *id) {
    if (id == NULL) return HRM_NONE;
    for (size_t i = 0; i < ENTRY_COUNT; i++)
        if (strcmp(entries[i].id, id) == 0 || strcmp(entries[i].code, id) == 0) return i;
    return HRM_NONE;
}

const char *hrm_catalogue_nearest(const char *id) {
    hrmi_nearest nearest = {0};
    if (id == NULL) return NULL;
    for (size_t i = 0; i < ENTRY_COUNT; i++) hrmi_nearest_try(&nearest, id, entries[i].id);
    return nearest.name;
}
