/* Running a recipe: nearness to references, and points counted in communities. */
#include "base/number.h"
#include "base/sort.h"
#include "recipe/account.h"
#include "recipe/assessment.h"
#include "recipe/balance.h"
#include "recipe/covers.h"
#include "recipe/doubts.h"
#include "recipe/paths.h"

/* ---- proximity ---- */

typedef struct dated {
    const char *path;  /* resolved */
    const char *shown; /* as the recipe has it, or the file's own name where it is a pattern */
    char date[HRMI_DATE_SIZE];
} dated;

typedef struct dated_list {
    dated *items; /* in the assessment's arena */
    size_t count;
} dated_list;

static int compare_dates(const void *a, const void *b, const void *user) {
    const dated *const x = a;
    const dated *const y = b;
    (void)user;
    return strcmp(x->date, y->date);
}

/* Several files must each have a date of its own; one needs none. */
static hrm_status read_dates(hrmi_run *run, const hrmi_recipe_proximity *p, dated_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        const hrmi_date_found found = hrmi_path_date(list->items[i].path, list->items[i].date);
        if (found == HRMI_DATE_ONE || list->count == 1) continue;
        const char *const why = found == HRMI_DATE_NONE ? "has no date" : "has more than one date";
        return hrmi_fail(
            run->ctx, HRM_ERROR_RECIPE,
            "'%s' has %zu files, and the name of %s %s in it: dates are written YYYYMMDD, YYYY-MM-DD or "
            "DDMMYYYY",
            p->id, list->count, list->items[i].shown, why);
    }
    hrmi_sort(list->items, list->count, sizeof *list->items, compare_dates, NULL);
    for (size_t i = 1; i < list->count; i++)
        if (strcmp(list->items[i - 1].date, list->items[i].date) == 0)
            return hrmi_fail(run->ctx, HRM_ERROR_RECIPE, "'%s' has two files of %s: %s and %s", p->id,
                             list->items[i].date, list->items[i - 1].shown, list->items[i].shown);
    return HRM_OK;
}

static hrm_status find_files(hrmi_run *run, const hrmi_recipe_proximity *p, dated_list *list) {
    hrmi_arena *const arena = &run->assessment->arena;
    const char *path = NULL;
    const char **paths = &path;
    const bool pattern = hrmi_path_is_pattern(p->source.path);
    list->count = 1;
    hrm_status status = hrmi_path_resolve(run->ctx, arena, run->recipe->folder, p->source.path, &path);
    if (status == HRM_OK && pattern) status = hrmi_path_match(run->ctx, arena, path, &paths, &list->count);
    if (status != HRM_OK) return status;
    list->items = hrmi_arena_new(run->ctx, arena, list->count, sizeof *list->items);
    if (list->items == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].path = paths[i];
        list->items[i].shown = pattern ? strrchr(paths[i], '/') : NULL;
        if (list->items[i].shown != NULL) list->items[i].shown++;
        if (list->items[i].shown == NULL) list->items[i].shown = pattern ? paths[i] : p->source.path;
    }
    return read_dates(run, p, list);
}

hrm_status hrmi_run_count_proximity(hrmi_run *run, size_t *count) {
    hrm_status status = HRM_OK;
    *count = 0;
    for (size_t i = 0; i < run->recipe->proximity_count && status == HRM_OK; i++) {
        const hrmi_recipe_proximity *const p = &run->recipe->proximity[i];
        dated_list list;
        status = hrmi_run_fail(run, find_files(run, p, &list), p->source.place);
        if (status == HRM_OK) *count += list.count;
    }
    return status;
}

static hrm_status measure(hrmi_run *run, const hrmi_recipe_proximity *p, const dated *file, bool is_dated,
                          const hrm_source *source, hrm_reference **reference) {
    const hrmi_recipe_source from = {.path = file->shown, .note = p->source.note};
    hrm_proximity_options options;
    hrm_proximity_options_init(&options, sizeof options);
    options.id = p->id;
    options.period = is_dated ? file->date : NULL;
    options.title_uk = p->title[HRM_UK];
    options.title_en = p->title[HRM_EN];
    hrm_status status = hrmi_run_note(run, &from, NULL, &options.source);
    if (status == HRM_OK) status = hrm_reference_open(run->ctx, source, reference);
    if (status == HRM_OK)
        status = hrm_proximity(run->ctx, run->assessment->layer, *reference, &options,
                               run->assessment->communities);
    return status;
}

static hrm_status run_reference(hrmi_run *run, const hrmi_recipe_proximity *p, const dated *file,
                                bool is_dated) {
    hrmi_range outer;
    hrm_source source;
    hrm_reference *reference = NULL;
    hrm_reference_counts_info counts = {.struct_size = (uint32_t)sizeof counts};
    hrm_status status = hrmi_run_step(run, file->shown, "measuring distances", &outer);
    if (status == HRM_OK) status = hrmi_run_source(run, &p->source, &source);
    source.path = file->path;
    if (status == HRM_OK)
        status = hrmi_run_fail(run, measure(run, p, file, is_dated, &source, &reference), p->source.place);
    if (status == HRM_OK) {
        hrm_assessment_input_info *const input = hrmi_run_input(run, HRM_INPUT_PROXIMITY, &p->source);
        (void)hrm_reference_counts(reference, &counts);
        input->source = file->shown;
        input->rows = counts.features;
        input->unusable = counts.empty;
        input->matched = counts.features - counts.empty;
        status = hrmi_account_reference(run, p, &source, file->date, is_dated, reference);
    }
    hrm_reference_free(reference);
    hrmi_run_step_end(run, outer);
    return status;
}

hrm_status hrmi_run_proximity(hrmi_run *run) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < run->recipe->proximity_count && status == HRM_OK; i++) {
        const hrmi_recipe_proximity *const p = &run->recipe->proximity[i];
        dated_list list = {NULL, 0};
        status = find_files(run, p, &list);
        if (status != HRM_OK) return hrmi_run_fail(run, status, p->source.place);
        for (size_t k = 0; k < list.count && status == HRM_OK; k++)
            status = run_reference(run, p, &list.items[k], list.count > 1);
    }
    return status;
}

/* ---- points ---- */

static hrm_status open_tally(hrmi_run *run, const hrmi_recipe_points *p, const hrm_source *source,
                             hrm_tally **out) {
    hrm_context *const ctx = run->ctx;
    hrm_tally_options options;
    char *crs = NULL;
    size_t size = 0;
    hrm_status status = hrm_source_crs(ctx, source, NULL, 0, &size);
    if (status != HRM_OK) return status;
    crs = hrmi_array_new(ctx, size, 1);
    if (crs == NULL) return HRM_ERROR_MEMORY;
    status = hrm_source_crs(ctx, source, crs, size, &size);
    hrm_tally_options_init(&options, sizeof options);
    options.by_class = p->by != NULL ? 1 : 0;
    options.id = p->id;
    options.fields = p->sums;
    options.units = p->units;
    options.field_count = p->sum_count;
    options.crs = crs;
    options.source = p->source.path;
    options.title_uk = p->title[HRM_UK];
    options.title_en = p->title[HRM_EN];
    if (status == HRM_OK) status = hrm_tally_new(ctx, run->assessment->layer, &options, out);
    hrmi_free(ctx, crs);
    return status;
}

static hrm_status read_tally(hrmi_run *run, const hrmi_recipe_points *p, const hrm_source *source,
                             hrm_tally *tally, uint64_t *cells) {
    hrm_points_options options;
    hrm_points_options_init(&options, sizeof options);
    options.decimal = p->decimal;
    options.x = p->x;
    options.y = p->y;
    options.class_field = p->by;
    options.fields = p->fields;
    options.field_count = p->sum_count;
    options.scales = p->scales;
    return hrm_tally_read(run->ctx, source, &options, tally, cells);
}

/* "<id>_count" and "<id>_<sum>_sum": what the tally calls its columns. */
static hrm_status column_id(hrmi_run *run, const char *id, const char *middle, const char *end,
                            const char **out) {
    const size_t parts[] = {strlen(id), strlen(middle), strlen(end)};
    char *const text =
        hrmi_arena_new(run->ctx, &run->assessment->arena, parts[0] + parts[1] + parts[2] + 1, 1);
    if (text == NULL) return HRM_ERROR_MEMORY;
    memcpy(text, id, parts[0]);
    memcpy(text + parts[0], middle, parts[1]);
    memcpy(text + parts[0] + parts[1], end, parts[2]);
    *out = text;
    return HRM_OK;
}

static hrm_status check_tally(hrmi_run *run, const hrmi_recipe_points *p, const hrm_tally *tally,
                              const char *id) {
    hrm_context *const ctx = run->ctx;
    const hrm_table *const table = run->assessment->communities;
    hrm_tally_counts_info counts = {.struct_size = (uint32_t)sizeof counts};
    (void)hrm_tally_counts(tally, &counts);
    hrm_status status = hrmi_balance_counts(ctx, p->source.path, counts.points, counts.inside, counts.outside,
                                            counts.unusable, 0, 0);
    if (status == HRM_OK) status = hrmi_balance_column(ctx, table, id, (double)counts.inside);
    for (size_t i = 0; i < p->sum_count && status == HRM_OK; i++) {
        const char *sum = NULL;
        hrm_tally_amount_info amount = {.struct_size = (uint32_t)sizeof amount};
        (void)hrm_tally_amount(tally, i, &amount);
        status = hrmi_balance_amounts(ctx, amount.field, amount.total, amount.allocated, amount.unallocated);
        if (status == HRM_OK) status = column_id(run, p->id, "_", p->sums[i], &sum);
        if (status == HRM_OK) status = column_id(run, sum, "", "_sum", &sum);
        if (status == HRM_OK) status = hrmi_balance_column(ctx, table, sum, amount.allocated);
    }
    return status;
}

/* The columns, 0 only where the source looked; what it has elsewhere is shown, and told. */
static hrm_status place_points(hrmi_run *run, const hrmi_recipe_points *p, const hrm_tally *tally,
                               const char *id, uint64_t *beyond) {
    hrm_context *const ctx = run->ctx;
    const hrm_layer *const layer = run->assessment->layer;
    hrm_table *everywhere = NULL;
    hrm_table *covered = NULL;
    uint8_t *mask = NULL;
    const char *note = NULL;
    hrm_status status = hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &everywhere);
    if (status == HRM_OK) status = hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &covered);
    if (status == HRM_OK) status = hrm_tally_table(ctx, tally, NULL, everywhere);
    if (status != HRM_OK) goto done;
    const double *const counts = hrm_table_values(everywhere, hrm_table_find(everywhere, id));
    status = hrmi_covers_mask(ctx, run->recipe, layer, &p->covers, counts, &mask);
    if (status == HRM_OK) status = hrm_tally_table(ctx, tally, mask, covered);
    if (status == HRM_OK) status = hrmi_run_note(run, &p->source, NULL, &note);
    if (status == HRM_OK) status = hrmi_run_copy_columns(run, covered, note, run->assessment->communities);
    *beyond = hrmi_covers_beyond(layer, mask, counts);
    if (status == HRM_OK && *beyond > 0)
        hrmi_log(ctx, HRM_LOG_WARNING, "%s: points in communities that 'covers' leaves out: %llu",
                 p->source.path, (unsigned long long)*beyond);
done:
    hrmi_free(ctx, mask);
    hrm_table_free(covered);
    hrm_table_free(everywhere);
    return status;
}

static hrm_status count_points(hrmi_run *run, const hrmi_recipe_points *p, const hrm_source *source) {
    hrm_tally *tally = NULL;
    const char *id = NULL;
    uint64_t cells = 0;
    uint64_t beyond = 0;
    hrm_tally_counts_info counts = {.struct_size = (uint32_t)sizeof counts};
    hrm_status status = column_id(run, p->id, "", "_count", &id);
    if (status == HRM_OK) status = open_tally(run, p, source, &tally);
    if (status == HRM_OK) status = read_tally(run, p, source, tally, &cells);
    if (status == HRM_OK) status = place_points(run, p, tally, id, &beyond);
    status = hrmi_run_fail(run, status, p->source.place);
    if (status == HRM_OK) status = check_tally(run, p, tally, id);
    if (status == HRM_OK) {
        hrm_assessment_input_info *const input = hrmi_run_input(run, HRM_INPUT_POINTS, &p->source);
        (void)hrm_tally_counts(tally, &counts);
        input->rows = counts.points;
        input->matched = counts.inside;
        input->unmatched = counts.outside;
        input->unusable = counts.unusable;
        hrmi_doubt_rows(run, input, "points", "are x and y the right way round, and is crs theirs?");
        hrmi_doubt_amounts(run, p->source.path, cells, "values of points that are no numbers");
        status = hrmi_account_points(run, p, source, tally, cells, beyond);
    }
    hrm_tally_free(tally);
    return status;
}

hrm_status hrmi_run_points(hrmi_run *run) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < run->recipe->points_count && status == HRM_OK; i++) {
        const hrmi_recipe_points *const p = &run->recipe->points[i];
        hrmi_range outer;
        hrm_source source;
        status = hrmi_run_step(run, p->source.path, "counting points", &outer);
        if (status == HRM_OK) status = hrmi_run_source(run, &p->source, &source);
        if (status == HRM_OK) status = count_points(run, p, &source);
        hrmi_run_step_end(run, outer);
    }
    return status;
}
