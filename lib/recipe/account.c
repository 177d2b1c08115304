/* The account of the inputs as JSON: see account.h. */
#include "geo/versions.h"
#include "hromada/version.h"
#include "io/version.h"
#include "recipe/account.h"
#include "recipe/paths.h"
#include "table/join_report.h"

/* ---- small parts ---- */

static void add_text(hrmi_json *j, const char *key, const char *text) {
    if (text == NULL) return;
    hrmi_json_key(j, key);
    hrmi_json_text(j, text);
}

static void add_count(hrmi_json *j, const char *key, uint64_t count) {
    hrmi_json_key(j, key);
    hrmi_json_count(j, count);
}

static void add_number(hrmi_json *j, const char *key, double number) {
    hrmi_json_key(j, key);
    hrmi_json_number(j, number);
}

static void add_yes(hrmi_json *j, const char *key, bool yes) {
    hrmi_json_key(j, key);
    hrmi_json_boolean(j, yes);
}

void hrmi_account_list(hrmi_run *run, const char *key) {
    hrmi_json_key(&run->json, key);
    hrmi_json_array(&run->json);
}

void hrmi_account_list_end(hrmi_run *run) {
    hrmi_json_end_array(&run->json);
}

static hrm_status keep_file(hrmi_run *run, const char *path) {
    hrm_assessment *const a = run->assessment;
    hrmi_input_file *const file = hrmi_arena_new(run->ctx, &a->arena, 1, sizeof *file);
    if (file == NULL) return HRM_ERROR_MEMORY;
    file->path = path;
    file->next = a->files;
    a->files = file;
    return HRM_OK;
}

static hrm_status add_files(hrmi_run *run, const char *path) {
    hrmi_json *const j = &run->json;
    hrmi_source_file *files = NULL;
    size_t count = 0;
    hrm_status status = HRM_OK;
    if (!hrmi_path_is_server(path)) /* what is on a server has no hash */
        status = hrmi_source_files(run->ctx, &run->assessment->arena, path, &files, &count);
    for (size_t i = 0; i < count && status == HRM_OK; i++) status = keep_file(run, files[i].path);
    if (status != HRM_OK) return status;
    hrmi_json_key(j, "files");
    hrmi_json_array(j);
    for (size_t i = 0; i < count; i++) {
        hrmi_json_object(j);
        add_text(j, "path", hrmi_run_short_path(run, files[i].path));
        add_count(j, "bytes", files[i].bytes);
        add_text(j, "sha256", files[i].sha256);
        hrmi_json_end_object(j);
    }
    hrmi_json_end_array(j);
    return HRM_OK;
}

hrm_status hrmi_account_source(hrmi_run *run, const hrmi_recipe_source *from, const hrm_source *source) {
    hrmi_json *const j = &run->json;
    add_text(j, "source", from->path);
    add_text(j, "layer", from->layer);
    add_text(j, "where", from->where);
    add_text(j, "sql", from->sql);
    if (from->header_row != 0) add_count(j, "header_row", from->header_row);
    if (from->header_rows != 0) add_count(j, "header_rows", from->header_rows);
    add_text(j, "crs", from->crs);
    add_text(j, "encoding", from->encoding);
    add_text(j, "note", from->note);
    return add_files(run, source->path);
}

static void add_covers(hrmi_json *j, const hrmi_recipe_covers *covers) {
    hrmi_json_key(j, "covers");
    if (covers->kind == HRMI_COVERS_CODES) {
        hrmi_json_array(j);
        for (size_t i = 0; i < covers->code_count; i++) hrmi_json_text(j, covers->codes[i]);
        hrmi_json_end_array(j);
    } else {
        hrmi_json_text(j, covers->kind == HRMI_COVERS_ALL ? "all" : "listed");
    }
    add_yes(j, "covers_assumed", covers->assumed);
}

/* ---- the recipe ---- */

static void add_versions(hrmi_json *j) {
    hrmi_json_key(j, "versions");
    hrmi_json_object(j);
    add_text(j, "hromada", hrm_version());
    add_text(j, "gdal", hrmi_gdal_version());
    add_text(j, "geos", hrmi_geos_version());
    add_text(j, "proj", hrmi_proj_version());
    hrmi_json_end_object(j);
}

hrm_status hrmi_account_begin(hrmi_run *run) {
    const hrm_recipe *const recipe = run->recipe;
    const char *const slash = strrchr(recipe->name, '/');
    hrmi_json *const j = &run->json;
    hrmi_json_object(j);
    add_count(j, "hromada_account", 1);
    hrmi_json_key(j, "recipe");
    hrmi_json_object(j);
    add_text(j, "file", slash != NULL ? slash + 1 : recipe->name);
    add_count(j, "bytes", recipe->bytes);
    add_text(j, "sha256", recipe->sha256);
    add_text(j, "title_uk", recipe->title[HRM_UK]);
    add_text(j, "title_en", recipe->title[HRM_EN]);
    hrmi_json_end_object(j);
    add_versions(j);
    return hrmi_json_status(j);
}

/* ---- codifiers, crosswalks, aliases ---- */

hrm_status hrmi_account_lookup(hrmi_run *run, const hrmi_recipe_lookup *from, const hrm_source *source,
                               const hrmi_run_lookup *opened) {
    static const char *const kinds[HRMI_LOOKUP_KINDS] = {"codifier", "crosswalk", "aliases"};
    hrmi_json *const j = &run->json;
    hrmi_json_object(j);
    add_text(j, "kind", kinds[from->kind]);
    const hrm_status status = hrmi_account_source(run, &from->source, source);
    if (status != HRM_OK) return status;
    if (opened->codifier != NULL) {
        add_count(j, "units", hrm_codifier_count(opened->codifier));
    } else {
        hrm_crosswalk_counts counts = {.struct_size = (uint32_t)sizeof counts};
        (void)hrm_crosswalk_counts_of(opened->crosswalk, &counts);
        add_count(j, "records", counts.records);
        add_count(j, "forms", counts.forms);
        add_count(j, "undecided", counts.undecided);
        add_count(j, "ambiguous", counts.ambiguous);
    }
    hrmi_json_end_object(j);
    return hrmi_json_status(j);
}

/* ---- the communities ---- */

static void add_issues(hrmi_json *j, const hrm_layer *layer) {
    static const char *const kinds[] = {NULL,      "empty_geometry", "repaired",    "merged",
                                        "no_code", "broken_code",    "not_polygon", "bad_geometry"};
    enum { KINDS = sizeof kinds / sizeof *kinds };
    uint64_t counts[KINDS] = {0};
    for (size_t i = 0; i < hrm_layer_issue_count(layer); i++) {
        hrm_layer_issue_info issue = {.struct_size = (uint32_t)sizeof issue};
        (void)hrm_layer_issue(layer, i, &issue);
        if (issue.kind > 0 && issue.kind < KINDS) counts[issue.kind]++;
    }
    for (int kind = 1; kind < KINDS; kind++) add_count(j, kinds[kind], counts[kind]);
    hrmi_json_key(j, "issues");
    hrmi_json_array(j);
    for (size_t i = 0; i < hrm_layer_issue_count(layer); i++) {
        hrm_layer_issue_info issue = {.struct_size = (uint32_t)sizeof issue};
        (void)hrm_layer_issue(layer, i, &issue);
        hrmi_json_object(j);
        add_text(j, "kind", issue.kind > 0 && issue.kind < KINDS ? kinds[issue.kind] : "other");
        hrmi_json_key(j, "feature");
        hrmi_json_integer(j, issue.feature_id);
        add_text(j, "code", issue.code);
        add_text(j, "text", issue.text);
        hrmi_json_end_object(j);
    }
    hrmi_json_end_array(j);
}

static void add_topology(hrmi_json *j, const hrm_topology *t) {
    if (t == NULL) return;
    hrmi_json_key(j, "topology");
    hrmi_json_object(j);
    add_count(j, "touching_pairs", t->touching_pairs);
    add_count(j, "overlap_pairs", t->overlap_pairs);
    add_number(j, "overlap_area_m2", t->overlap_area_m2);
    add_count(j, "gap_count", t->gap_count);
    add_number(j, "gap_area_m2", t->gap_area_m2);
    hrmi_json_end_object(j);
}

hrm_status hrmi_account_communities(hrmi_run *run, const hrm_source *source, const hrm_topology *topology) {
    const hrm_layer *const layer = run->assessment->layer;
    hrmi_json *const j = &run->json;
    hrmi_json_key(j, "communities");
    hrmi_json_object(j);
    const hrm_status status = hrmi_account_source(run, &run->recipe->communities.source, source);
    if (status != HRM_OK) return status;
    add_count(j, "features", hrm_layer_feature_count(layer));
    add_count(j, "communities", hrm_layer_count(layer));
    add_count(j, "raions", hrm_layer_unit_count(layer, HRM_LEVEL_RAION));
    add_count(j, "oblasts", hrm_layer_unit_count(layer, HRM_LEVEL_OBLAST));
    add_issues(j, layer);
    add_topology(j, topology);
    hrmi_json_end_object(j);
    return hrmi_json_status(j);
}

/* ---- tables ---- */

void hrmi_account_column(hrmi_run *run, const hrmi_recipe_column *c) {
    static const char *const rollups[] = {"none", "sum", "min", "max", "mean"};
    hrmi_json *const j = &run->json;
    hrmi_json_object(j);
    add_text(j, "id", c->id);
    add_text(j, "field", c->field);
    if (c->is_text) add_text(j, "type", "text");
    add_text(j, "unit_given", c->given_unit);
    add_text(j, "unit", c->unit);
    add_number(j, "scale", c->scale);
    add_text(j, "rollup", rollups[c->rollup]);
    add_yes(j, "rollup_assumed", c->rollup_assumed);
    hrmi_json_end_object(j);
}

/* A code alone is a text, as in the recipe. */
static void add_key(hrmi_json *j, const hrmi_recipe_key *k) {
    const bool code_alone = k->code != NULL && k->name == NULL && k->x == NULL;
    if (code_alone) {
        add_text(j, "key", k->code);
        return;
    }
    hrmi_json_key(j, "key");
    hrmi_json_object(j);
    add_text(j, "code", k->code);
    add_text(j, "oblast", k->oblast);
    add_text(j, "raion", k->raion);
    add_text(j, "name", k->name);
    add_text(j, "type", k->type);
    add_text(j, "x", k->x);
    add_text(j, "y", k->y);
    hrmi_json_end_object(j);
}

/* What the table was joined through: files listed under "lookups". */
static void add_lookups(hrmi_run *run, const hrmi_recipe_lookups *of) {
    static const char *const kinds[HRMI_LOOKUP_KINDS] = {"codifier", "crosswalk", "aliases"};
    for (size_t i = 0; i < HRMI_LOOKUP_KINDS; i++)
        if (of->of[i] != HRM_NONE)
            add_text(&run->json, kinds[i], run->recipe->lookups[of->of[i]].source.path);
}

hrm_status hrmi_account_table(hrmi_run *run, const hrmi_recipe_table *t, const hrm_source *source,
                              const hrm_join_report *report) {
    static const char *const duplicates[] = {"error", "first", "last", "sum", "mean", "hold"};
    hrmi_json *const j = &run->json;
    hrmi_json_object(j);
    add_text(j, "id", t->id);
    const hrm_status status = hrmi_account_source(run, &t->source, source);
    if (status != HRM_OK) return status;
    add_key(j, &t->key);
    add_lookups(run, &t->lookups);
    add_text(j, "period", t->period);
    add_text(j, "duplicates", duplicates[t->duplicates]);
    if (t->keep_totals) add_yes(j, "keep_totals", true);
    hrmi_json_key(j, "columns");
    hrmi_json_array(j);
    for (size_t i = 0; i < t->column_count; i++) hrmi_account_column(run, &t->columns[i]);
    hrmi_json_end_array(j);
    hrmi_json_key(j, "join");
    hrmi_join_report_json(j, report, run->assessment->layer, SIZE_MAX);
    hrmi_json_end_object(j);
    return hrmi_json_status(j);
}

/* ---- proximity ---- */

hrm_status hrmi_account_reference(hrmi_run *run, const hrmi_recipe_proximity *p, const hrm_source *source,
                                  const char *period, bool dated, const hrm_reference *reference) {
    hrmi_json *const j = &run->json;
    hrm_reference_counts_info counts = {.struct_size = (uint32_t)sizeof counts};
    (void)hrm_reference_counts(reference, &counts);
    hrmi_json_object(j);
    add_text(j, "id", p->id);
    const hrm_status status = hrmi_account_source(run, &p->source, source);
    if (status != HRM_OK) return status;
    add_text(j, "date_in_file_name", period[0] != '\0' ? period : NULL);
    add_yes(j, "columns_carry_date", dated);
    add_count(j, "features", counts.features);
    add_count(j, "empty", counts.empty);
    add_count(j, "repaired", counts.repaired);
    add_count(j, "polygons", counts.polygons);
    add_count(j, "lines", counts.lines);
    add_count(j, "points", counts.points);
    add_count(j, "vertices", counts.vertices);
    hrmi_json_end_object(j);
    return hrmi_json_status(j);
}

/* ---- points ---- */

static void add_tally_amounts(hrmi_json *j, const hrmi_recipe_points *p, const hrm_tally *tally) {
    hrmi_json_key(j, "amounts");
    hrmi_json_array(j);
    for (size_t i = 0; i < p->sum_count; i++) {
        hrm_tally_amount_info amount = {.struct_size = (uint32_t)sizeof amount};
        (void)hrm_tally_amount(tally, i, &amount);
        hrmi_json_object(j);
        add_text(j, "id", amount.field);
        add_text(j, "field", p->fields[i]);
        add_text(j, "unit", p->units[i]);
        add_number(j, "scale", p->scales[i]);
        add_number(j, "total", amount.total);
        add_number(j, "allocated", amount.allocated);
        add_number(j, "unallocated", amount.unallocated);
        add_count(j, "numbers", amount.numbers);
        add_count(j, "missing", amount.missing);
        hrmi_json_end_object(j);
    }
    hrmi_json_end_array(j);
}

/* Every point that no community got, and every value that is no number, up to the list's bound. */
static void add_tally_entries(hrmi_json *j, const hrmi_recipe_points *p, const hrm_tally *tally) {
    static const char *const outcomes[] = {"inside", "outside", "unusable"};
    hrmi_json_key(j, "entries");
    hrmi_json_array(j);
    for (size_t i = 0; i < hrm_tally_entry_count(tally); i++) {
        hrm_tally_entry entry = {.struct_size = (uint32_t)sizeof entry};
        (void)hrm_tally_entry_at(tally, i, &entry);
        hrmi_json_object(j);
        hrmi_json_key(j, "row");
        hrmi_json_integer(j, entry.row);
        add_text(j, "outcome", outcomes[entry.outcome]);
        if (entry.field != HRM_NONE) add_text(j, "field", p->fields[entry.field]);
        if (isfinite(entry.x)) add_number(j, "x", entry.x);
        if (isfinite(entry.y)) add_number(j, "y", entry.y);
        add_text(j, "text", entry.text);
        hrmi_json_end_object(j);
    }
    hrmi_json_end_array(j);
}

hrm_status hrmi_account_points(hrmi_run *run, const hrmi_recipe_points *p, const hrm_source *source,
                               const hrm_tally *tally, uint64_t cells, uint64_t beyond) {
    hrmi_json *const j = &run->json;
    hrm_tally_counts_info counts = {.struct_size = (uint32_t)sizeof counts};
    (void)hrm_tally_counts(tally, &counts);
    hrmi_json_object(j);
    add_text(j, "id", p->id);
    const hrm_status status = hrmi_account_source(run, &p->source, source);
    if (status != HRM_OK) return status;
    add_covers(j, &p->covers);
    add_count(j, "points", counts.points);
    add_count(j, "inside", counts.inside);
    add_count(j, "ambiguous", counts.ambiguous);
    add_count(j, "outside", counts.outside);
    add_count(j, "unusable", counts.unusable);
    add_count(j, "beyond_coverage", beyond);
    add_count(j, "unusable_cells", cells);
    add_tally_amounts(j, p, tally);
    add_count(j, "not_listed", counts.not_listed);
    add_tally_entries(j, p, tally);
    hrmi_json_end_object(j);
    return hrmi_json_status(j);
}

/* ---- projects ---- */

static void add_project_entries(hrmi_json *j, const hrm_projects *projects) {
    hrmi_json_key(j, "entries");
    hrmi_json_array(j);
    for (size_t i = 0; i < hrm_projects_entry_count(projects); i++) {
        hrm_projects_entry entry = {.struct_size = (uint32_t)sizeof entry};
        (void)hrm_projects_entry_at(projects, i, &entry);
        hrmi_json_object(j);
        hrmi_json_key(j, "row");
        hrmi_json_integer(j, entry.row);
        add_text(j, "key", entry.key);
        add_number(j, "amount", entry.amount);
        add_text(j, "text", entry.text);
        hrmi_json_end_object(j);
    }
    hrmi_json_end_array(j);
}

hrm_status hrmi_account_projects(hrmi_run *run, const hrmi_recipe_projects *p, const hrm_source *source,
                                 const hrm_projects *projects, uint64_t beyond) {
    hrmi_json *const j = &run->json;
    hrm_projects_account a = {.struct_size = (uint32_t)sizeof a};
    (void)hrm_projects_last_account(projects, &a);
    hrmi_json_object(j);
    const hrm_status status = hrmi_account_source(run, &p->source, source);
    if (status != HRM_OK) return status;
    add_text(j, "key", p->key);
    add_text(j, "amount", p->amount);
    add_text(j, "unit_given", p->given_unit);
    add_number(j, "scale", p->scale);
    add_text(j, "unit", run->recipe->money_unit);
    add_text(j, "actor", p->actor_field != NULL ? p->actor_field : hrm_actor_name(p->actor));
    add_text(j, "period", p->period);
    add_text(j, "sector", p->sector);
    add_covers(j, &p->covers);
    add_count(j, "lines", a.lines);
    add_count(j, "placed", a.placed);
    add_count(j, "unplaced", a.unplaced);
    add_count(j, "unusable", a.unusable);
    add_count(j, "without_amount", a.without_amount);
    add_count(j, "communities", a.communities);
    add_number(j, "total", a.total);
    add_number(j, "allocated", a.allocated);
    add_number(j, "unallocated", a.unallocated);
    add_count(j, "projects_beyond_coverage", beyond);
    add_project_entries(j, projects);
    hrmi_json_end_object(j);
    return hrmi_json_status(j);
}
