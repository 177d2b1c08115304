/*
 * The unit that a heading names: `Доходи, тис. грн`, `Видатки (млн грн)`, `Населення, тис. осіб`,
 * `vpo_thsd`, `Частка, %`. It is only ever told, never applied: whoever joins the table says the scale.
 */
#ifndef HRMI_HEADING_UNIT_H
#define HRMI_HEADING_UNIT_H

#include "base/base.h"

typedef struct hrmi_heading_unit {
    double scale;   /* what one unit is: 1000, 1e6 or 1e9; 1 for per cent */
    char words[64]; /* "thousand hryvnias", "million persons", "thousands", "per cent" */
} hrmi_heading_unit;

/*
 * False where a heading names none of them. UTF-8; capitals or not. The last one that is named counts, as
 * the lowest of several rows of headings is the nearest to the cells. Behind `на` or `per` and a
 * number it is a part of a rate (`на 100 тис. осіб`, `per 10 thousand`), which is no unit of the cells: it is
 * passed over.
 * Cost: linear in the text, without memory.
 */
bool hrmi_heading_unit_find(const char *heading, hrmi_heading_unit *out);

#endif
