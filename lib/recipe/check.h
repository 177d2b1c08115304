/*
 * Which keys a recipe may have, where, and of what kind: tables, and one walk over the tree that holds it
 * against them. What passes can be read without asking again.
 */
#ifndef HRMI_CHECK_H
#define HRMI_CHECK_H

#include "recipe/yaml.h"

/*
 * HRM_ERROR_RECIPE: an unknown key (with the nearest known one), a wrong kind of value (with what was
 * expected), a key that is missing, a word that is none of those allowed. HRM_ERROR_UNSUPPORTED: a key or
 * word of the plan that this version cannot do yet. Both name line and column.
 */
hrm_status hrmi_recipe_check(hrm_context *ctx, const char *name, const hrmi_yaml *root);

#endif
