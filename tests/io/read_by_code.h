/* Reading a table into a join by its codes, in one line. */
#ifndef READ_BY_CODE_H
#define READ_BY_CODE_H

#include "hromada/io.h"

static inline hrm_status read_by_code(hrm_context *ctx, const hrm_source *source, const char *code,
                                      const char *period, const char *const *fields, size_t field_count,
                                      hrm_join *join) {
    hrm_join_fields which;
    hrm_join_fields_init(&which, sizeof which);
    which.code = code;
    which.period = period;
    which.fields = fields;
    which.field_count = field_count;
    return hrm_join_read(ctx, source, &which, join);
}

#endif
