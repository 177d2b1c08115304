/*
 * A crosswalk from inside: what it says of a written form, and how much the record that says so binds itself.
 */
#ifndef HRMI_CROSSWALK_H
#define HRMI_CROSSWALK_H

#include "hromada/crosswalk.h"

typedef struct hrmi_listed {
    const char *key; /* seven digits; NULL where it has two different ones */
    bool for_row;    /* the record holds for this row of the table alone */
    bool in_oblast;  /* the record has this oblast */
    bool in_raion;   /* the record has this raion */
} hrmi_listed;

/* As hrm_crosswalk_find(). False when no record fits. */
bool hrmi_crosswalk_find(const hrm_crosswalk *crosswalk, int64_t row, const char *oblast, const char *raion,
                         const char *written, hrmi_listed *out);

#endif
