/*
 * What the files that read a recipe's tree share.
 */
#ifndef HRMI_READ_H
#define HRMI_READ_H

#include "base/index.h"
#include "recipe/recipe.h"

typedef struct hrmi_reader {
    hrm_context *ctx;
    hrm_recipe *recipe;
    hrmi_index ids; /* of columns, proximity and points: the line where each was given */
} hrmi_reader;

/* "<recipe>, line L, column C: " before the text of a failure; its status. */
hrm_status hrmi_read_fail(const hrmi_reader *r, hrm_status status, hrmi_place place);

/* Zeroed room in the recipe's arena; NULL with the error set. */
void *hrmi_read_array(const hrmi_reader *r, size_t count, size_t size);

/* The text of a map's key, or NULL. */
const char *hrmi_read_text(const hrmi_yaml *map, const char *key);

/* Texts of both languages; one text alone is Ukrainian. Unchanged where the key is not there. */
void hrmi_read_texts(const hrmi_yaml *map, const char *key, const char *out[2]);

/* The place of a word in a list that ends with NULL, or −1. */
int32_t hrmi_read_word(const char *const *words, const char *word);

int32_t hrmi_read_direction(const hrmi_yaml *map); /* HRM_NEUTRAL … of `better` */
int32_t hrmi_read_rollup(const char *word);        /* HRM_ROLLUP_… */
int32_t hrmi_read_decimal(const hrmi_yaml *map);   /* HRM_DECIMAL_… of `decimal` */
bool hrmi_read_yes(const hrmi_yaml *map, const char *key);

hrm_status hrmi_read_source(const hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_source *out);

/* Refuses a database on a server with a password in its path, which would end in accounts and source notes.
 */
hrm_status hrmi_read_server(const hrmi_reader *r, const hrmi_recipe_source *source);
hrm_status hrmi_read_scale(const hrmi_reader *r, const hrmi_yaml *map, double *scale);

/* An id of the recipe: it becomes a column's name, or the beginning of one; each may be given once. */
hrm_status hrmi_read_id(hrmi_reader *r, const char *id, hrmi_place place);

/* The id of a column itself: none that the outputs have of their own. */
hrm_status hrmi_read_column_id(hrmi_reader *r, const char *id, hrmi_place place);

/* The parts of a recipe, each in the file that is named after it. */
hrm_status hrmi_read_lookups(hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_lookups *out);
hrm_status hrmi_read_tables(hrmi_reader *r, const hrmi_yaml *list);   /* needs the common lookups */
hrm_status hrmi_read_measures(hrmi_reader *r, const hrmi_yaml *root); /* proximity, points */
hrm_status hrmi_read_areas(hrmi_reader *r, const hrmi_yaml *root);
hrm_status hrmi_read_projects(hrmi_reader *r, const hrmi_yaml *root); /* money, projects */
hrm_status hrmi_read_covers(const hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_covers *out);
hrm_status hrmi_read_indicators(hrmi_reader *r, const hrmi_yaml *root); /* needs the tables' columns */
hrm_status hrmi_read_outputs(hrmi_reader *r, const hrmi_yaml *root);

#endif
