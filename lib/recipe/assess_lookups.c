/*
 * Running a recipe: codifiers, crosswalks and alias files are opened first, each once; gazetteers are made of
 * them when a table needs one, and shared by the tables that name the same.
 */
#include "recipe/account.h"
#include "recipe/assessment.h"

static hrm_status open_codifier(hrmi_run *run, const hrmi_recipe_lookup *from, const hrm_source *source,
                                hrm_codifier **out) {
    hrm_codifier_fields fields;
    hrm_codifier_fields_init(&fields, sizeof fields);
    fields.code = from->fields[HRMI_LOOKUP_CODE];
    fields.name_uk = from->fields[HRMI_LOOKUP_NAME_UK];
    fields.name_en = from->fields[HRMI_LOOKUP_NAME_EN];
    fields.category = from->fields[HRMI_LOOKUP_CATEGORY];
    fields.type = from->fields[HRMI_LOOKUP_TYPE];
    fields.old_code = from->fields[HRMI_LOOKUP_OLD_CODE];
    fields.old_name = from->fields[HRMI_LOOKUP_OLD_NAME];
    fields.valid_from = from->fields[HRMI_LOOKUP_VALID_FROM];
    fields.valid_to = from->fields[HRMI_LOOKUP_VALID_TO];
    fields.successor = from->fields[HRMI_LOOKUP_SUCCESSOR];
    return hrm_codifier_open(run->ctx, source, &fields, out);
}

static hrm_status open_crosswalk(hrmi_run *run, const hrmi_recipe_lookup *from, const hrm_source *source,
                                 hrm_crosswalk **out) {
    hrm_crosswalk_fields fields;
    hrm_crosswalk_fields_init(&fields, sizeof fields);
    fields.written = from->fields[HRMI_LOOKUP_WRITTEN];
    fields.oblast = from->fields[HRMI_LOOKUP_OBLAST];
    fields.raion = from->fields[HRMI_LOOKUP_RAION];
    fields.code = from->fields[HRMI_LOOKUP_CODE];
    fields.row = from->fields[HRMI_LOOKUP_ROW];
    return hrm_crosswalk_open(run->ctx, source, &fields, out);
}

/* Units of a codifier, or records of a crosswalk: those without a code were left open by whoever made it. */
static void count_records(hrmi_run *run, const hrmi_recipe_lookup *from, const hrmi_run_lookup *opened) {
    static const int32_t kinds[HRMI_LOOKUP_KINDS] = {HRM_INPUT_CODIFIER, HRM_INPUT_CROSSWALK,
                                                     HRM_INPUT_ALIASES};
    hrm_assessment_input_info *const input = hrmi_run_input(run, kinds[from->kind], &from->source);
    if (opened->codifier != NULL) {
        input->rows = hrm_codifier_count(opened->codifier);
        input->matched = input->rows;
        return;
    }
    hrm_crosswalk_counts counts = {.struct_size = (uint32_t)sizeof counts};
    (void)hrm_crosswalk_counts_of(opened->crosswalk, &counts);
    input->rows = counts.records;
    input->unusable = counts.undecided;
    input->matched = counts.records - counts.undecided;
    if (counts.ambiguous > 0)
        hrmi_log(run->ctx, HRM_LOG_WARNING,
                 "%s: written forms with two different communities, which lead nowhere: %zu",
                 from->source.path, counts.ambiguous);
}

static hrm_status open_lookup(hrmi_run *run, const hrmi_recipe_lookup *from, hrmi_run_lookup *out) {
    hrmi_range outer;
    hrm_source source;
    hrm_status status = hrmi_run_step(run, from->source.path, "reading names and codes", &outer);
    if (status == HRM_OK) status = hrmi_run_source(run, &from->source, &source);
    if (status == HRM_OK)
        status = from->kind == HRMI_LOOKUP_CODIFIER ? open_codifier(run, from, &source, &out->codifier)
                                                    : open_crosswalk(run, from, &source, &out->crosswalk);
    status = hrmi_run_fail(run, status, from->source.place);
    if (status == HRM_OK) {
        count_records(run, from, out);
        status = hrmi_account_lookup(run, from, &source, out);
    }
    hrmi_run_step_end(run, outer);
    return status;
}

hrm_status hrmi_run_lookups(hrmi_run *run) {
    const hrm_recipe *const recipe = run->recipe;
    hrm_status status = HRM_OK;
    run->lookups = hrmi_array_new(run->ctx, recipe->lookup_count, sizeof *run->lookups);
    run->gazetteers = hrmi_array_new(run->ctx, recipe->table_count, sizeof *run->gazetteers);
    if (run->lookups == NULL || run->gazetteers == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < recipe->lookup_count && status == HRM_OK; i++)
        status = open_lookup(run, &recipe->lookups[i], &run->lookups[i]);
    return status;
}

void hrmi_run_free_lookups(hrmi_run *run) {
    for (size_t i = 0; i < run->gazetteer_count; i++) hrm_gazetteer_free(run->gazetteers[i].gazetteer);
    for (size_t i = 0; run->lookups != NULL && i < run->recipe->lookup_count; i++) {
        hrm_codifier_free(run->lookups[i].codifier);
        hrm_crosswalk_free(run->lookups[i].crosswalk);
    }
    hrmi_free(run->ctx, run->gazetteers);
    hrmi_free(run->ctx, run->lookups);
}

/* ---- what others ask for ---- */

static const hrmi_run_lookup *find(const hrmi_run *run, const hrmi_recipe_lookups *of, int kind) {
    static const hrmi_run_lookup none = {NULL, NULL};
    return of->of[kind] == HRM_NONE ? &none : &run->lookups[of->of[kind]];
}

const hrm_codifier *hrmi_run_codifier(const hrmi_run *run) {
    return find(run, &run->recipe->common, HRMI_LOOKUP_CODIFIER)->codifier;
}

const hrm_crosswalk *hrmi_run_aliases(const hrmi_run *run) {
    return find(run, &run->recipe->common, HRMI_LOOKUP_ALIASES)->crosswalk;
}

hrm_status hrmi_run_gazetteer_for(hrmi_run *run, const hrmi_recipe_table *t, const hrm_gazetteer **out) {
    const hrmi_recipe_lookups *const of = &t->lookups;
    hrm_gazetteer_options options;
    hrm_gazetteer_options_init(&options, sizeof options);
    options.codifier = find(run, of, HRMI_LOOKUP_CODIFIER)->codifier;
    options.crosswalk = find(run, of, HRMI_LOOKUP_CROSSWALK)->crosswalk;
    options.aliases = find(run, of, HRMI_LOOKUP_ALIASES)->crosswalk;
    const bool plain = options.codifier == NULL && options.crosswalk == NULL && options.aliases == NULL;
    *out = NULL;
    if (plain && t->key.name == NULL) return HRM_OK;
    for (size_t i = 0; i < run->gazetteer_count; i++) {
        if (memcmp(&run->gazetteers[i].of, of, sizeof *of) != 0) continue;
        *out = run->gazetteers[i].gazetteer;
        return HRM_OK;
    }
    hrmi_run_gazetteer *const made = &run->gazetteers[run->gazetteer_count];
    const hrm_status status = hrm_gazetteer_new(run->ctx, run->assessment->layer, &options, &made->gazetteer);
    if (status != HRM_OK) return status;
    made->of = *of;
    run->gazetteer_count++;
    *out = made->gazetteer;
    return HRM_OK;
}
