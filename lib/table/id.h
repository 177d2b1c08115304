/*
 * What may be the id of a column, and what a period: `budget_income`, `площа`, `budget_income@2022`.
 *
 * An id is letters of any script, digits, `_`, `.` and `-`, beginning with a letter or `_`. One `@` may
 * follow, and behind it a period: printable text with neither `@` nor a double quote, since ids are written
 * in double quotes where a formula needs it.
 */
#ifndef HRMI_ID_H
#define HRMI_ID_H

#include "base/buffer.h"

enum {
    HRMI_ID_MOST = 255,    /* bytes of an id, its period included */
    HRMI_PERIOD_MOST = 32, /* bytes of a period */
    HRMI_PERIOD_SIZE = HRMI_PERIOD_MOST + 1
};

/* Whether an id may begin with, or go on with, a code point. */
bool hrmi_id_begins(uint32_t c);
bool hrmi_id_goes_on(uint32_t c);

/* NULL for a good id or a good period, or in words (static) what is wrong with it. */
const char *hrmi_id_fault(const char *id);
const char *hrmi_period_fault(const char *period, size_t length);

/*
 * A period as people and spreadsheets write it: blanks around are passed over, and a whole number written as
 * a decimal one ("2021.0", from a column that a program held as numbers) loses its empty decimals. Nothing
 * else is changed. NULL and the period in `out`, or in words (static) what is wrong.
 */
const char *hrmi_period_read(const char *text, size_t length, char out[HRMI_PERIOD_SIZE]);

/* Adds id + suffix to a buffer, the suffix before the period if there is one: budget@2022 and _coverage give
 * budget_coverage@2022. */
hrm_status hrmi_id_with(hrm_context *ctx, hrmi_buffer *buffer, const char *id, const char *suffix);

#endif
