/* The first program to write with libhromada: run a recipe, ask for a column, write the results. */
#include <hromada/hromada.h>
#include <stdio.h>

static void print_column(const hrm_assessment *assessment, const char *id) {
    const hrm_layer *const layer = hrm_assessment_layer(assessment);
    const hrm_table *const table = hrm_assessment_table(assessment, HRM_LEVEL_COMMUNITY);
    const double *const values = hrm_table_values(table, hrm_table_find(table, id));
    for (size_t i = 0; values != NULL && i < hrm_layer_count(layer); i++)
        printf("%s  %10.2f\n", hrm_layer_code(layer, i), values[i]); /* NaN where missing */
}

int main(int argc, char **argv) {
    hrm_context *ctx = NULL;
    hrm_recipe *recipe = NULL;
    hrm_assessment *assessment = NULL;
    if (argc != 4 || hrm_context_new(NULL, &ctx) != HRM_OK) {
        (void)fprintf(stderr, "usage: first RECIPE COLUMN FOLDER\n");
        return 2;
    }

    hrm_status status = hrm_recipe_open(ctx, argv[1], &recipe);
    if (status == HRM_OK) status = hrm_assess(ctx, recipe, &assessment);
    if (status == HRM_OK) print_column(assessment, argv[2]);
    if (status == HRM_OK) status = hrm_assessment_write(ctx, assessment, argv[3]);
    if (status != HRM_OK) (void)fprintf(stderr, "%s\n", hrm_error_message(ctx)); /* what, where, what to do */

    hrm_assessment_free(assessment);
    hrm_recipe_free(recipe);
    hrm_context_free(ctx);
    return status == HRM_OK ? 0 : 1;
}
