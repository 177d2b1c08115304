/*
 * The account as JSON: each step writes its own part. Lists of rows are whole: what was not matched can be
 * looked up.
 */
#ifndef HRMI_ACCOUNT_H
#define HRMI_ACCOUNT_H

#include "recipe/assessment.h"

/* The recipe and the versions of what made the numbers; opens the outermost object. */
hrm_status hrmi_account_begin(hrmi_run *run);

/* Opens and closes a list of inputs: "tables", "points" … */
void hrmi_account_list(hrmi_run *run, const char *key);
void hrmi_account_list_end(hrmi_run *run);

/* A codifier, crosswalk or alias file. */
hrm_status hrmi_account_lookup(hrmi_run *run, const hrmi_recipe_lookup *from, const hrm_source *source,
                               const hrmi_run_lookup *opened);

/* topology: NULL where it was not asked for. */
hrm_status hrmi_account_communities(hrmi_run *run, const hrm_source *source, const hrm_topology *topology);

hrm_status hrmi_account_table(hrmi_run *run, const hrmi_recipe_table *t, const hrm_source *source,
                              const hrm_join_report *report);

/* period: "" where there is none; `dated` says that the columns carry it. */
hrm_status hrmi_account_reference(hrmi_run *run, const hrmi_recipe_proximity *p, const hrm_source *source,
                                  const char *period, bool dated, const hrm_reference *reference);

/* What the parts of the account have in common, inside an open object: a source with its files, and (as an
 * object of its own) a column. */
hrm_status hrmi_account_source(hrmi_run *run, const hrmi_recipe_source *from, const hrm_source *source);
void hrmi_account_column(hrmi_run *run, const hrmi_recipe_column *c);

/* cells: of values that are no number; beyond: points in communities that `covers` leaves out. */
hrm_status hrmi_account_points(hrmi_run *run, const hrmi_recipe_points *p, const hrm_source *source,
                               const hrm_tally *tally, uint64_t cells, uint64_t beyond);

hrm_status hrmi_account_projects(hrmi_run *run, const hrmi_recipe_projects *p, const hrm_source *source,
                                 const hrm_projects *projects, uint64_t beyond);

/* The columns of all levels, the indicators, and the warnings; leaves the outermost object open. */
hrm_status hrmi_account_results(hrmi_run *run);

/* The files that were written: {"file", "bytes", "sha256"} each, as the last part of an open account. */
hrm_status hrmi_account_outputs(hrm_context *ctx, hrmi_buffer *account, const char *const *names,
                                const char *const *paths, size_t count);

#endif
