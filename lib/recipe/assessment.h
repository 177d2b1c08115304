/*
 * The assessment while it is made, and after: what every step reads, adds to and writes into the account.
 */
#ifndef HRMI_ASSESSMENT_H
#define HRMI_ASSESSMENT_H

#include "base/json.h"
#include "hromada/io.h"
#include "recipe/recipe.h"

/* A file that was read; a list in the assessment's arena. */
typedef struct hrmi_input_file {
    const char *path;
    const struct hrmi_input_file *next;
} hrmi_input_file;

struct hrm_assessment {
    hrm_allocator allocator;
    hrmi_arena arena; /* texts, indicators, inputs, outputs */
    hrm_layer *layer;
    hrm_table *communities;
    hrm_table *raions;  /* NULL where the layer has no levels */
    hrm_table *oblasts; /* the same */
    hrm_indicator *indicators;
    size_t indicator_count;
    hrm_assessment_input_info *inputs;
    size_t input_count;
    const hrmi_input_file *files; /* of all inputs: no output may take the place of one */
    hrmi_recipe_output *outputs;  /* what the recipe lists; account.json comes behind them */
    size_t output_count;
    const char *folder;    /* where to write when nothing is said */
    hrmi_buffer account;   /* the JSON text … */
    size_t account_length; /* … without its last bracket: where the outputs are added when written */
};

typedef struct hrmi_warning {
    const char *about; /* the input that was worked on; NULL: none */
    const char *text;
} hrmi_warning;

/* A codifier, crosswalk or alias file of the recipe, opened: one of the two. */
typedef struct hrmi_run_lookup {
    hrm_codifier *codifier;
    hrm_crosswalk *crosswalk;
} hrmi_run_lookup;

/* A gazetteer made of some of them; tables that name the same share it. */
typedef struct hrmi_run_gazetteer {
    hrmi_recipe_lookups of;
    hrm_gazetteer *gazetteer;
} hrmi_run_gazetteer;

/* One run of a recipe. */
typedef struct hrmi_run {
    hrm_context *ctx;
    const hrm_recipe *recipe;
    hrm_assessment *assessment;
    hrmi_json json;           /* into the account */
    hrmi_run_lookup *lookups; /* as many as the recipe has */
    hrmi_run_gazetteer *gazetteers;
    size_t gazetteer_count;
    const char *about; /* the input that is worked on, for warnings */
    hrmi_warning *warnings;
    size_t warning_count;
    size_t warning_capacity;
    hrm_status warning_status; /* what keeping them came to */
    size_t step;
    size_t step_count;
} hrmi_run;

/* The steps, in their order; each adds columns, inputs and its part of the account. */
hrm_status hrmi_run_lookups(hrmi_run *run);
hrm_status hrmi_run_communities(hrmi_run *run);
hrm_status hrmi_run_tables(hrmi_run *run);
hrm_status hrmi_run_proximity(hrmi_run *run);
hrm_status hrmi_run_points(hrmi_run *run);
hrm_status hrmi_run_areas(hrmi_run *run);
hrm_status hrmi_run_projects(hrmi_run *run);
hrm_status hrmi_run_indicators(hrmi_run *run);
hrm_status hrmi_run_levels(hrmi_run *run);

/* What rows of a table are found by; NULL where the codes of the layer alone will do. Of the run. */
hrm_status hrmi_run_gazetteer_for(hrmi_run *run, const hrmi_recipe_table *t, const hrm_gazetteer **out);

/* The codifier, or the aliases, that hold for the communities; NULL where there are none. */
const hrm_codifier *hrmi_run_codifier(const hrmi_run *run);
const hrm_crosswalk *hrmi_run_aliases(const hrmi_run *run);

/* Frees what hrmi_run_lookups() and hrmi_run_gazetteer_for() made. */
void hrmi_run_free_lookups(hrmi_run *run);

/* How many files a recipe's proximity has; for the count of steps. */
hrm_status hrmi_run_count_proximity(hrmi_run *run, size_t *count);

/* Begins the next step: progress runs over its share until hrmi_run_step_end(). `about` is kept, not copied.
 */
hrm_status hrmi_run_step(hrmi_run *run, const char *about, const char *what, hrmi_range *outer);
void hrmi_run_step_end(hrmi_run *run, hrmi_range outer);

/* A recipe's source as io wants it, its path resolved. */
hrm_status hrmi_run_source(hrmi_run *run, const hrmi_recipe_source *from, hrm_source *out);

/* A file's path without the folder that the recipe's paths are relative to: accounts of different machines
 * are the same. */
const char *hrmi_run_short_path(const hrmi_run *run, const char *path);

/* Tells where in the recipe a failure belongs; running out of memory and being stopped belong nowhere. */
hrm_status hrmi_run_fail(const hrmi_run *run, hrm_status status, hrmi_place place);

/* A place for one more input, for the readable summary. Never NULL: there is room for all. */
hrm_assessment_input_info *hrmi_run_input(hrmi_run *run, int32_t kind, const hrmi_recipe_source *source);

/* "<path>: <what>. <note>" in the assessment's arena, as source note of columns; parts that are NULL are left
 * out. */
hrm_status hrmi_run_note(hrmi_run *run, const hrmi_recipe_source *source, const char *what, const char **out);

/* Adds all columns of one table to another of the same layer, with another source note where that is not
 * NULL. */
hrm_status hrmi_run_copy_columns(hrmi_run *run, const hrm_table *from, const char *source, hrm_table *to);

#endif
