/*
 * The panel as the rest of the library sees it, beside the public questions.
 */
#ifndef HRMI_PANEL_H
#define HRMI_PANEL_H

#include "hromada/panel.h"
#include "table/columns.h"

enum { HRMI_PERIODS_MOST = 4096 }; /* eleven years of days; more is a field that holds no periods */

struct hrm_panel {
    hrmi_columns columns; /* cell_count: rows × periods */
    size_t row_count;
    size_t period_count;
    const char **periods; /* sorted; one block, the pointers and then the bytes */
    uint64_t fingerprint; /* of the layer */
};

#endif
