/* A region to try tables on: five communities in three raions of two oblasts, squares side by side. Row 4 has
 * no boundary. */
#ifndef HRMT_REGION_H
#define HRMT_REGION_H

#include "harness/wkt.h"

enum { HRMT_ROWS = 5 };

static inline hrm_layer *hrmt_region(hrm_context *ctx) {
    static const char *const codes[HRMT_ROWS] = {"UA0502001", "UA0502003", "UA0504001", "UA1206001",
                                                 "UA1206003"};
    static const char *const squares[HRMT_ROWS] = {
        "POLYGON((30 50,31 50,31 51,30 51,30 50))", "POLYGON((31 50,32 50,32 51,31 51,31 50))",
        "POLYGON((32 50,33 50,33 51,32 51,32 50))", "POLYGON((33 50,34 50,34 51,33 51,33 50))",
        "POLYGON EMPTY"};
    return hrmt_layer(ctx, HRMT_ROWS, codes, squares);
}

/* The description of a column by its id alone. */
static inline hrm_column_info hrmt_info(const char *id) {
    hrm_column_info info;
    hrm_column_info_init(&info, sizeof info);
    info.id = id;
    return info;
}

/* A context, the region, and an empty table of its communities. */
typedef struct hrmt_fixture {
    hrm_context *ctx;
    hrm_layer *layer;
    hrm_table *table;
} hrmt_fixture;

static inline hrmt_fixture hrmt_set_up(void) {
    hrmt_fixture f = {hrmt_context(), NULL, NULL};
    f.layer = hrmt_region(f.ctx);
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &f.table));
    return f;
}

static inline void hrmt_tear_down(hrmt_fixture *f) {
    hrm_table_free(f->table);
    hrm_layer_free(f->layer);
    hrm_context_free(f->ctx);
}

#endif
