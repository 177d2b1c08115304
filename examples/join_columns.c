/* The columns that hromada-join makes, and the join itself: see join.h. */
#include <stdlib.h>
#include <string.h>

#include "join.h"

static bool make_columns(join_run *r, size_t most) {
    r->columns = calloc(most + 1, sizeof *r->columns);
    r->infos = calloc(most + 1, sizeof *r->infos);
    r->cells = calloc(most + 1, sizeof *r->cells);
    return r->columns != NULL && r->infos != NULL && r->cells != NULL;
}

static void add_column(join_run *r, const char *id, const char *field, bool is_text) {
    hrm_join_column *const column = &r->columns[r->column_count];
    hrm_column_info *const info = &r->infos[r->column_count];
    hrm_join_column_init(column, sizeof *column);
    hrm_column_info_init(info, sizeof *info);
    info->id = id;
    info->title_uk = field;
    column->info = info;
    column->is_text = is_text ? 1 : 0;
    r->cells[r->column_count++] = field;
}

/* A field that was asked for is text where less than half of it is numbers. */
static bool is_text(const join_run *r, const char *name) {
    hrm_field_info field = {.struct_size = (uint32_t)sizeof field};
    if (!hrm_fields_field(r->fields, hrm_fields_find(r->fields, name), &field)) return false;
    return given(PERIOD) == NULL && 2 * field.numbers < field.filled;
}

/* Those of --column. */
static hrm_status take_named_columns(join_run *r) {
    size_t bytes = 1;
    for (size_t i = 0; i < join_options[COLUMN].count; i++)
        bytes += strlen(join_options[COLUMN].values[i]) + 1;
    r->ids = malloc(bytes);
    if (r->ids == NULL || !make_columns(r, join_options[COLUMN].count)) return HRM_ERROR_MEMORY;
    char *at = r->ids;
    for (size_t i = 0; i < join_options[COLUMN].count; i++) {
        const char *const equals = strchr(join_options[COLUMN].values[i], '=');
        const size_t length = (size_t)(equals - join_options[COLUMN].values[i]);
        memcpy(at, join_options[COLUMN].values[i], length);
        at[length] = '\0';
        add_column(r, at, equals + 1, is_text(r, equals + 1));
        at += length + 1;
    }
    return HRM_OK;
}

bool join_is_key(const join_run *r, size_t place) {
    const char *const key[] = {r->code,     given(NAME), given(RAION), given(OBLAST),
                               given(TYPE), given(X),    given(Y),     given(PERIOD)};
    for (size_t i = 0; i < sizeof key / sizeof *key; i++)
        if (hrm_fields_find(r->fields, key[i]) == place) return true;
    return false;
}

/* All fields but those of the key: numbers where they are numbers, and text where a community has one: not by
 * period, and not where rows are added up. */
static hrm_status take_all_columns(join_run *r) {
    const bool numbers_only =
        given(PERIOD) != NULL || r->duplicates == HRM_DUPLICATES_SUM || r->duplicates == HRM_DUPLICATES_MEAN;
    if (!make_columns(r, hrm_fields_count(r->fields))) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < hrm_fields_count(r->fields); i++) {
        hrm_field_info field = {.struct_size = (uint32_t)sizeof field};
        (void)hrm_fields_field(r->fields, i, &field);
        const bool is_text = field.is_number == 0;
        if (!join_is_key(r, i) && !(is_text && numbers_only)) add_column(r, field.id, field.name, is_text);
    }
    return HRM_OK;
}

hrm_status join_choose_columns(join_run *r) {
    return join_options[COLUMN].count > 0 ? take_named_columns(r) : take_all_columns(r);
}

static hrm_status finish(join_run *r, hrm_join *join) {
    hrm_panel *panel = NULL;
    if (given(PERIOD) == NULL) return hrm_join_finish(r->ctx, join, r->table, &r->report);
    hrm_status status = hrm_join_finish_panel(r->ctx, join, &panel, &r->report);
    if (status == HRM_OK) status = hrm_table_add_panel(r->ctx, r->table, panel);
    hrm_panel_free(panel);
    return status;
}

hrm_status join_rows(join_run *r) {
    hrm_join_options how;
    hrm_join_fields which;
    hrm_join *join = NULL;
    const hrm_source source = join_table_source(r);
    hrm_join_options_init(&how, sizeof how);
    how.duplicates = r->duplicates;
    how.decimal = r->decimal;
    how.columns = r->columns;
    how.column_count = r->column_count;
    how.source = r->table_path;
    how.gazetteer = r->gazetteer;
    how.crs = given(CRS);
    how.has_period = given(PERIOD) != NULL ? 1 : 0;
    hrm_join_fields_init(&which, sizeof which);
    which.keep_totals = given(KEEP_TOTALS) != NULL ? 1 : 0;
    which.code = r->code;
    which.name = given(NAME);
    which.raion = given(RAION);
    which.oblast = given(OBLAST);
    which.type = given(TYPE);
    which.x = given(X);
    which.y = given(Y);
    which.period = given(PERIOD);
    which.fields = r->cells;
    which.field_count = r->column_count;
    hrm_status status = hrm_table_new(r->ctx, r->layer, HRM_LEVEL_COMMUNITY, &r->table);
    if (status == HRM_OK) status = hrm_join_new(r->ctx, r->layer, &how, &join);
    if (status == HRM_OK) status = hrm_join_read(r->ctx, &source, &which, join);
    if (status == HRM_OK) status = finish(r, join);
    hrm_join_free(join);
    return status;
}
