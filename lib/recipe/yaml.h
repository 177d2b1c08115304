/*
 * YAML text as a tree of our own: texts, lists and maps, each with its line and column. What the tree means
 * is read elsewhere; libyaml is seen by yaml.c alone.
 *
 * Recipes need little of YAML, and what they do not need is refused, for it hides surprises: anchors and
 * aliases (a short text can stand for billions of nodes), tags, several documents, keys that are no text, the
 * same key twice. Sizes are bounded: 1 MiB, 32 levels, 100,000 nodes.
 */
#ifndef HRMI_YAML_H
#define HRMI_YAML_H

#include "base/arena.h"

enum { HRMI_YAML_MOST_BYTES = 1024 * 1024, HRMI_YAML_MOST_LEVELS = 32, HRMI_YAML_MOST_NODES = 100000 };

typedef enum hrmi_yaml_kind { HRMI_YAML_TEXT, HRMI_YAML_LIST, HRMI_YAML_MAP } hrmi_yaml_kind;

/* Where something stands in the text, both counted from 1; the column in characters. */
typedef struct hrmi_place {
    size_t line;
    size_t column;
} hrmi_place;

typedef struct hrmi_yaml {
    hrmi_yaml_kind kind;
    bool plain; /* a text without quotes: may be meant as a number, as yes or no, or as nothing */
    hrmi_place place;
    const char *key; /* in a map; else NULL */
    hrmi_place key_place;
    const char *text; /* "" for lists and maps */
    size_t count;     /* of children */
    struct hrmi_yaml *first;
    struct hrmi_yaml *last;
    struct hrmi_yaml *next; /* the sibling */
} hrmi_yaml;

/*
 * Reads text[0 … length). Everything lives in the arena. `name` is for messages.
 * HRM_ERROR_RECIPE (with line and column), HRM_ERROR_LIMIT, HRM_ERROR_MEMORY.
 */
hrm_status hrmi_yaml_read(hrm_context *ctx, hrmi_arena *arena, const char *name, const char *text,
                          size_t length, hrmi_yaml **out);

/* The value of a key of a map, or NULL. */
const hrmi_yaml *hrmi_yaml_get(const hrmi_yaml *map, const char *key);

/* Puts "<name>, line L, column C: " before the text of a failure, and passes its status on. */
hrm_status hrmi_yaml_fail_at(hrm_context *ctx, hrm_status status, const char *name, hrmi_place place);

#endif
