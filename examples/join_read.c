/* What hromada-join reads before the join: see join.h. */
#include <stdio.h>

#include "join.h"

static hrm_source source_of(const char *path) {
    hrm_source source;
    hrm_source_init(&source, sizeof source);
    source.path = path;
    return source;
}

hrm_source join_table_source(const join_run *r) {
    hrm_source source = source_of(r->table_path);
    source.layer = given(SHEET);
    source.where = given(WHERE);
    source.sql = given(SQL);
    source.encoding = given(ENCODING);
    source.header_row = r->header_row;
    source.header_rows = r->header_rows;
    source.allow_server = given(ALLOW_SERVER) != NULL ? 1 : 0;
    return source;
}

static hrm_status open_crosswalk(join_run *r) {
    const hrm_source source = source_of(r->crosswalk[0]);
    hrm_crosswalk_fields fields;
    hrm_crosswalk_fields_init(&fields, sizeof fields);
    fields.written = r->crosswalk[1];
    fields.code = r->crosswalk[2];
    const hrm_status status = hrm_crosswalk_open(r->ctx, &source, &fields, &r->old_codes);
    if (status == HRM_ERROR_FIELD && r->crosswalk[1] == NULL)
        (void)fprintf(stderr,
                      "%s: say which fields hold the old codes and the new ones: --crosswalk %s,OLD,NEW\n",
                      r->self->name, r->crosswalk[0]);
    return status;
}

/* The boundaries, and what helps to find them. */
hrm_status join_open_layer(join_run *r) {
    hrm_source boundaries = source_of(given(TO));
    const hrm_source codifier = source_of(given(CODIFIER));
    const hrm_source aliases = source_of(given(ALIASES));
    hrm_layer_options how;
    hrm_gazetteer_options found_by;
    hrm_status status = HRM_OK;
    boundaries.layer = given(TO_LAYER);
    if (codifier.path != NULL) status = hrm_codifier_open(r->ctx, &codifier, NULL, &r->codifier);
    if (status == HRM_OK && r->crosswalk[0] != NULL) status = open_crosswalk(r);
    if (status == HRM_OK && aliases.path != NULL)
        status = hrm_crosswalk_open(r->ctx, &aliases, NULL, &r->aliases);
    hrm_layer_options_init(&how, sizeof how);
    how.find_names = 1;
    how.code = given(TO_CODE);
    how.codifier = r->codifier;
    how.aliases = r->codifier != NULL ? r->aliases : NULL; /* they name codes of units */
    if (status == HRM_OK) status = hrm_layer_open(r->ctx, &boundaries, &how, &r->layer);
    hrm_gazetteer_options_init(&found_by, sizeof found_by);
    found_by.codifier = r->codifier;
    found_by.crosswalk = r->old_codes;
    found_by.aliases = r->aliases;
    return status == HRM_OK ? hrm_gazetteer_new(r->ctx, r->layer, &found_by, &r->gazetteer) : status;
}

/* The table's fields; and the one of codes, where nothing else says how rows are found. */
hrm_status join_look_at_fields(join_run *r) {
    const int key[] = {CODE, NAME, RAION, OBLAST, TYPE, X, Y, PERIOD};
    const char *wanted[sizeof key / sizeof *key];
    const hrm_source source = join_table_source(r);
    hrm_field_info field = {.struct_size = (uint32_t)sizeof field};
    size_t count = 0;
    size_t place = 0;
    for (size_t i = 0; i < sizeof key / sizeof *key; i++)
        if (given(key[i]) != NULL) wanted[count++] = given(key[i]);
    r->self->least_level = HRM_LOG_WARNING + 1; /* the join reads it again, and says the same */
    hrm_status status = hrm_fields_open(r->ctx, &source, wanted, count, &r->fields);
    r->self->least_level = HRM_LOG_WARNING; /* the rest is among the notes of the page */
    r->code = given(CODE);
    if (status != HRM_OK || given(CODE) != NULL || given(NAME) != NULL || given(X) != NULL) return status;
    status = hrm_fields_find_code(r->ctx, r->fields, &place);
    if (status == HRM_OK && hrm_fields_field(r->fields, place, &field)) r->code = field.name;
    return status;
}
