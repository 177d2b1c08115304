/*
 * Which keys a recipe may have, where, and of what kind: the tables that check.c holds a tree against.
 */
#ifndef HRMI_KEYS_H
#define HRMI_KEYS_H

#include "base/base.h"

/* Kinds of values, to be combined. */
enum { HRMI_KEY_TEXT = 1, HRMI_KEY_NUMBER = 2, HRMI_KEY_YES_NO = 4, HRMI_KEY_LIST = 8, HRMI_KEY_MAP = 16 };

typedef struct hrmi_rule {
    const char *key;                  /* "*" for every key of a map whose keys are free */
    unsigned kinds;                   /* of its value: HRMI_KEY_TEXT | … */
    bool needed;                      /* an error when it is not there */
    const char *const *words;         /* the texts allowed, ending with NULL; NULL: any */
    const struct hrmi_rule *map;      /* the keys of its map, ending with a rule without key */
    unsigned items;                   /* of a list: the kinds of the items */
    const struct hrmi_rule *item_map; /* of a list: the keys of items that are maps */
    const char *later;                /* not in this version: what to do instead */
} hrmi_rule;

/* The keys at the top of a recipe. */
extern const hrmi_rule hrmi_recipe_rules[];

#endif
