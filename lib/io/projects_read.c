/*
 * A table of projects, line by line, into a list.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/buffer.h"
#include "hromada/io.h"
#include "io/rows.h"

enum { KEY, ID, SECTOR, PERIOD, TEXT_COUNT };

typedef struct reader {
    hrm_context *ctx;
    hrm_projects *projects;
    hrm_projects_fields fields;
    hrmi_rows *rows;
    const char *path;
    size_t places[TEXT_COUNT]; /* of the fields */
    size_t amount_field, actor_field;
    hrmi_buffer text; /* the texts of one line, one behind the other */
    size_t kept_out;  /* rows of totals and headings */
    int64_t first_kept_out;
} reader;

static const hrm_projects_fields default_fields = {.struct_size = sizeof default_fields, .scale = 1};

void hrm_projects_fields_init(hrm_projects_fields *fields, size_t struct_size) {
    hrmi_init_struct(fields, struct_size, &default_fields, sizeof default_fields);
}

/* The amount, scaled; where the cell holds something else, NaN and the reason in `problem`. */
static double take_amount(reader *r, char *problem, size_t size) {
    hrmi_cell cell;
    const double scale = r->fields.scale != 0 ? r->fields.scale : 1;
    const hrmi_cell_kind kind =
        hrmi_rows_number_cell(r->rows, r->amount_field, (hrmi_decimal)r->fields.decimal, &cell);
    const double amount = cell.value * scale;
    const char *why = cell.why;
    problem[0] = '\0';
    if (isinf(amount)) why = "it is too large";
    if (kind == HRMI_CELL_NUMBER && !isinf(amount)) return amount;
    if (why == NULL) return NAN;
    const char *text = NULL;
    char shown[100] = "";
    if (hrmi_rows_text(r->ctx, r->rows, r->amount_field, &text) == HRM_OK && text != NULL)
        hrmi_names_show(text, strlen(text), shown, sizeof shown);
    (void)snprintf(problem, size, "the amount \"%s\": %s", shown, why);
    return NAN;
}

/* The actor of the present row by its name; an empty cell does not say one. */
static hrm_status take_actor(reader *r, int32_t *actor) {
    const char *names[HRM_ACTOR_PEOPLE + 1];
    const hrmi_names known = {names, HRM_ACTOR_PEOPLE + 1};
    const char *text = NULL;
    size_t place = 0;
    *actor = r->fields.actor;
    if (r->actor_field == HRM_NONE) return HRM_OK;
    *actor = HRM_ACTOR_UNKNOWN;
    hrm_status status = hrmi_rows_text(r->ctx, r->rows, r->actor_field, &text);
    if (status != HRM_OK || text == NULL) return status;
    for (int32_t i = 0; i <= HRM_ACTOR_PEOPLE; i++) names[i] = hrm_actor_name(i);
    char where[80];
    (void)snprintf(where, sizeof where, "row %" PRId64, hrmi_rows_row(r->rows));
    status = hrmi_names_find(r->ctx, &known, text, "actor", where, &place);
    if (status != HRM_OK) return hrmi_fail_in(r->ctx, HRM_ERROR_VALUE, "%s", r->path);
    *actor = (int32_t)place;
    return HRM_OK;
}

static hrm_status take_line(reader *r) {
    char problem[300];
    size_t starts[TEXT_COUNT];
    hrm_project project;
    hrm_status status = HRM_OK;
    r->text.length = 0;
    for (size_t i = 0; i < TEXT_COUNT && status == HRM_OK; i++) {
        const char *text = NULL;
        starts[i] = HRM_NONE;
        status = hrmi_rows_text(r->ctx, r->rows, r->places[i], &text);
        if (status != HRM_OK || text == NULL) continue;
        starts[i] = r->text.length;
        status = hrmi_buffer_add(r->ctx, &r->text, text, strlen(text) + 1);
    }
    if (status != HRM_OK) return status;
    hrm_project_init(&project, sizeof project);
    status = take_actor(r, &project.actor);
    if (status != HRM_OK) return status;
    project.row = hrmi_rows_row(r->rows);
    project.amount = take_amount(r, problem, sizeof problem);
    if (problem[0] != '\0') project.problem = problem;
    const char **const texts[TEXT_COUNT] = {&project.code, &project.id, &project.sector, &project.period};
    for (size_t i = 0; i < TEXT_COUNT; i++)
        if (starts[i] != HRM_NONE) *texts[i] = r->text.data + starts[i];
    return hrm_projects_add(r->ctx, r->projects, &project);
}

static hrm_status open_rows(reader *r, const hrm_source *source) {
    const hrm_projects_fields *const f = &r->fields;
    const char *const wanted[TEXT_COUNT + 2] = {f->key,    f->id,     f->sector,
                                                f->period, f->amount, f->actor_field};
    size_t *const places[TEXT_COUNT + 2] = {&r->places[KEY],    &r->places[ID],   &r->places[SECTOR],
                                            &r->places[PERIOD], &r->amount_field, &r->actor_field};
    hrm_status status = hrmi_rows_open(r->ctx, source, false, wanted, TEXT_COUNT + 2, &r->rows);
    if (status == HRM_OK) r->path = hrmi_rows_path(r->rows);
    for (size_t i = 0; i < TEXT_COUNT + 2 && status == HRM_OK; i++)
        status = hrmi_rows_find(r->ctx, r->rows, wanted[i], places[i]);
    return status;
}

static hrm_status read_rows(reader *r) {
    bool more = true;
    hrm_status status = HRM_OK;
    while (status == HRM_OK && more) {
        status = hrmi_rows_next(r->ctx, r->rows, &more);
        if (status != HRM_OK || !more) break;
        if (hrmi_rows_kept_out(r->rows) == 0) {
            status = take_line(r);
        } else if (r->kept_out++ == 0) {
            r->first_kept_out = hrmi_rows_row(r->rows);
        }
    }
    if (status == HRM_OK && r->kept_out > 0)
        hrmi_log(r->ctx, HRM_LOG_WARNING,
                 "%s: rows of totals or of headings were kept out: %zu, the first is row %" PRId64, r->path,
                 r->kept_out, r->first_kept_out);
    return status;
}

static hrm_status check_fields(reader *r) {
    const hrm_projects_fields *const f = &r->fields;
    if (f->reserved != 0) return hrmi_fail_reserved(r->ctx, "hrm_projects_fields");
    if (f->key == NULL || f->amount == NULL)
        return hrmi_fail(r->ctx, HRM_ERROR_ARGUMENT,
                         "hrm_projects_read: the field of codes and that of amounts are needed");
    if (f->actor < HRM_ACTOR_UNKNOWN || f->actor > HRM_ACTOR_PEOPLE)
        return hrmi_fail(r->ctx, HRM_ERROR_ARGUMENT, "hrm_projects_read: actor is none of HRM_ACTOR_…");
    if (f->decimal < HRM_DECIMAL_AUTO || f->decimal > HRM_DECIMAL_COMMA)
        return hrmi_fail(r->ctx, HRM_ERROR_ARGUMENT, "hrm_projects_read: decimal is none of HRM_DECIMAL_…");
    if (!isfinite(f->scale))
        return hrmi_fail(r->ctx, HRM_ERROR_ARGUMENT, "hrm_projects_read: scale is no number");
    return HRM_OK;
}

hrm_status hrm_projects_read(hrm_context *ctx, const hrm_source *source, const hrm_projects_fields *fields,
                             hrm_projects *projects) {
    reader r;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    memset(&r, 0, sizeof r);
    r.ctx = ctx;
    r.projects = projects;
    r.fields = default_fields;
    hrmi_buffer_init(&r.text, ctx);
    if (projects == NULL || fields == NULL) {
        status = hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_projects_read: the list or the fields are NULL");
        goto done;
    }
    status = hrmi_read_struct(ctx, &r.fields, sizeof r.fields, fields, "hrm_projects_fields");
    if (status == HRM_OK) status = check_fields(&r);
    if (status == HRM_OK) status = open_rows(&r, source);
    if (status == HRM_OK) status = read_rows(&r);
    if (status == HRM_OK && r.actor_field != HRM_NONE) hrm_projects_set_all_actors(projects, true);
done:
    hrmi_rows_close(r.rows);
    hrmi_buffer_free(&r.text);
    return status;
}
