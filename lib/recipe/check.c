/* The keys of a recipe, and holding a tree against them: see check.h. */
#include <stdio.h>

#include "base/number.h"
#include "base/utf8.h"
#include "recipe/check.h"

enum { TEXT = 1, NUMBER = 2, YES_NO = 4, LIST = 8, MAP = 16 };

typedef struct rule {
    const char *key;             /* "*" for every key of a map whose keys are free */
    unsigned kinds;              /* of its value: TEXT | … */
    bool needed;                 /* an error when it is not there */
    const char *const *words;    /* the texts allowed, ending with NULL; NULL: any */
    const struct rule *map;      /* the keys of its map, ending with a rule without key */
    unsigned items;              /* LIST: the kinds of the items */
    const struct rule *item_map; /* LIST: the keys of items that are maps */
    const char *later;           /* not in this version: what to do instead */
} rule;

#define END                                                                                                  \
    { .key = NULL }

static const rule language_rules[] = {{.key = "uk", .kinds = TEXT}, {.key = "en", .kinds = TEXT}, END};

static const char *const better_words[] = {"higher", "lower", "neutral", NULL};
static const char *const column_rollups[] = {"sum", "min", "max", "mean", "none", NULL};
static const char *const indicator_rollups[] = {"recompute", "sum", "min", "max", "mean", "none", NULL};
static const char *const decimal_words[] = {"auto", "point", "comma", NULL};
static const char *const duplicate_words[] = {"error", "first", "last", "sum", "mean", NULL};
static const char *const type_words[] = {"number", "text", NULL};
static const char *const format_words[] = {"table", "dream", NULL};

static const rule measured_field_rules[] = {
    {.key = "field", .kinds = TEXT, .needed = true}, {.key = "unit", .kinds = TEXT, .needed = true}, END};

static const rule amount_rules[] = {{.key = "field", .kinds = TEXT, .needed = true},
                                    {.key = "unit", .kinds = TEXT},
                                    {.key = "scale", .kinds = NUMBER},
                                    END};

static const rule sum_rules[] = {{.key = "field", .kinds = TEXT, .needed = true},
                                 {.key = "id", .kinds = TEXT},
                                 {.key = "unit", .kinds = TEXT},
                                 {.key = "scale", .kinds = NUMBER},
                                 END};

static const rule field_rules[] = {{.key = "field", .kinds = TEXT, .needed = true}, END};

static const rule community_rules[] = {{.key = "source", .kinds = TEXT, .needed = true},
                                       {.key = "layer", .kinds = TEXT},
                                       {.key = "where", .kinds = TEXT},
                                       {.key = "crs", .kinds = TEXT},
                                       {.key = "encoding", .kinds = TEXT},
                                       {.key = "note", .kinds = TEXT},
                                       {.key = "code", .kinds = TEXT},
                                       {.key = "name", .kinds = TEXT | MAP, .map = language_rules},
                                       {.key = "raion", .kinds = TEXT | MAP, .map = language_rules},
                                       {.key = "oblast", .kinds = TEXT | MAP, .map = language_rules},
                                       {.key = "official_area", .kinds = MAP, .map = measured_field_rules},
                                       {.key = "topology", .kinds = YES_NO},
                                       END};

static const rule column_rules[] = {{.key = "field", .kinds = TEXT, .needed = true},
                                    {.key = "unit", .kinds = TEXT},
                                    {.key = "scale", .kinds = NUMBER},
                                    {.key = "type", .kinds = TEXT, .words = type_words},
                                    {.key = "title", .kinds = TEXT | MAP, .map = language_rules},
                                    {.key = "better", .kinds = TEXT, .words = better_words},
                                    {.key = "rollup", .kinds = TEXT, .words = column_rollups},
                                    {.key = "weight", .kinds = TEXT},
                                    END};

static const rule columns_rules[] = {{.key = "*", .kinds = TEXT | MAP, .map = column_rules}, END};

static const char later_names[] =
    "communities are found by their codes in this version: give the field of codes";
static const char later_sql[] = "name a layer or sheet with 'layer', and choose rows with 'where'";

static const rule table_rules[] = {{.key = "source", .kinds = TEXT, .needed = true},
                                   {.key = "id", .kinds = TEXT},
                                   {.key = "layer", .kinds = TEXT},
                                   {.key = "sheet", .kinds = TEXT},
                                   {.key = "where", .kinds = TEXT},
                                   {.key = "encoding", .kinds = TEXT},
                                   {.key = "note", .kinds = TEXT},
                                   {.key = "key", .kinds = TEXT | MAP, .needed = true},
                                   {.key = "duplicates", .kinds = TEXT, .words = duplicate_words},
                                   {.key = "decimal", .kinds = TEXT, .words = decimal_words},
                                   {.key = "period", .kinds = TEXT},
                                   {.key = "columns", .kinds = MAP, .needed = true, .map = columns_rules},
                                   {.key = "header_row", .kinds = NUMBER},
                                   {.key = "sql", .kinds = TEXT, .later = later_sql},
                                   END};

static const rule proximity_rules[] = {
    {.key = "id", .kinds = TEXT, .needed = true},
    {.key = "source", .kinds = TEXT, .needed = true},
    {.key = "title", .kinds = TEXT | MAP, .map = language_rules},
    {.key = "layer", .kinds = TEXT},
    {.key = "where", .kinds = TEXT},
    {.key = "crs", .kinds = TEXT},
    {.key = "encoding", .kinds = TEXT},
    {.key = "note", .kinds = TEXT},
    {.key = "bands_km",
     .kinds = LIST,
     .items = NUMBER,
     .later = "leave it out; the distance itself is in the column <id>_distance_m"},
    END};

static const rule point_rules[] = {{.key = "id", .kinds = TEXT, .needed = true},
                                   {.key = "source", .kinds = TEXT, .needed = true},
                                   {.key = "title", .kinds = TEXT | MAP, .map = language_rules},
                                   {.key = "layer", .kinds = TEXT},
                                   {.key = "sheet", .kinds = TEXT},
                                   {.key = "where", .kinds = TEXT},
                                   {.key = "crs", .kinds = TEXT},
                                   {.key = "encoding", .kinds = TEXT},
                                   {.key = "note", .kinds = TEXT},
                                   {.key = "x", .kinds = TEXT},
                                   {.key = "y", .kinds = TEXT},
                                   {.key = "by", .kinds = TEXT},
                                   {.key = "sum", .kinds = LIST, .items = TEXT | MAP, .item_map = sum_rules},
                                   {.key = "decimal", .kinds = TEXT, .words = decimal_words},
                                   {.key = "covers", .kinds = TEXT | LIST, .items = TEXT},
                                   END};

static const rule project_rules[] = {
    {.key = "source", .kinds = TEXT, .needed = true},
    {.key = "format", .kinds = TEXT, .words = format_words},
    {.key = "layer", .kinds = TEXT},
    {.key = "sheet", .kinds = TEXT},
    {.key = "where", .kinds = TEXT},
    {.key = "encoding", .kinds = TEXT},
    {.key = "note", .kinds = TEXT},
    {.key = "key", .kinds = TEXT, .needed = true},
    {.key = "amount", .kinds = TEXT | MAP, .needed = true, .map = amount_rules},
    {.key = "actor", .kinds = TEXT | MAP, .map = field_rules},
    {.key = "sector", .kinds = TEXT},
    {.key = "period", .kinds = TEXT},
    {.key = "id", .kinds = TEXT},
    {.key = "decimal", .kinds = TEXT, .words = decimal_words},
    {.key = "covers", .kinds = TEXT | LIST, .items = TEXT},
    {.key = "currency", .kinds = TEXT},
    {.key = "price_year", .kinds = NUMBER},
    END};

static const rule money_rules[] = {{.key = "currency", .kinds = TEXT, .needed = true},
                                   {.key = "price_year", .kinds = NUMBER},
                                   {.key = "rates",
                                    .kinds = TEXT,
                                    .later =
                                        "amounts are not converted: bring all sources to one currency and "
                                        "price year, and leave it out"},
                                   END};

static const rule indicator_rules[] = {{.key = "id", .kinds = TEXT, .needed = true},
                                       {.key = "formula", .kinds = TEXT, .needed = true},
                                       {.key = "unit", .kinds = TEXT},
                                       {.key = "title", .kinds = TEXT | MAP, .map = language_rules},
                                       {.key = "better", .kinds = TEXT, .words = better_words},
                                       {.key = "rollup", .kinds = TEXT, .words = indicator_rollups},
                                       {.key = "weight", .kinds = TEXT},
                                       {.key = "note", .kinds = TEXT},
                                       END};

static const rule output_rules[] = {
    {.key = "file", .kinds = TEXT, .needed = true}, {.key = "reasons", .kinds = YES_NO}, END};

static const rule root_rules[] = {
    {.key = "hromada", .kinds = NUMBER, .needed = true},
    {.key = "title", .kinds = TEXT | MAP, .map = language_rules},
    {.key = "communities", .kinds = MAP, .needed = true, .map = community_rules},
    {.key = "tables", .kinds = LIST, .items = MAP, .item_map = table_rules},
    {.key = "proximity", .kinds = LIST, .items = MAP, .item_map = proximity_rules},
    {.key = "points", .kinds = LIST, .items = MAP, .item_map = point_rules},
    {.key = "rasters",
     .kinds = LIST,
     .items = MAP,
     .later = "sum the raster per community with another tool and give the result under 'tables'"},
    {.key = "projects", .kinds = LIST, .items = MAP, .item_map = project_rules},
    {.key = "money", .kinds = MAP, .map = money_rules},
    {.key = "indicators", .kinds = TEXT | LIST, .items = TEXT | MAP, .item_map = indicator_rules},
    {.key = "output", .kinds = LIST, .items = TEXT | MAP, .item_map = output_rules},
    END};

/* ---- one value ---- */

typedef struct checker {
    hrm_context *ctx;
    const char *name;
} checker;

static bool is_nothing(const hrmi_yaml *node) {
    return node->kind == HRMI_YAML_TEXT && node->plain &&
           (node->text[0] == '\0' || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}

static bool is_kind(const hrmi_yaml *node, unsigned kinds) {
    double number = 0.0;
    if (node->kind == HRMI_YAML_LIST) return (kinds & LIST) != 0;
    if (node->kind == HRMI_YAML_MAP) return (kinds & MAP) != 0;
    if (is_nothing(node)) return false;
    if ((kinds & TEXT) != 0) return node->text[0] != '\0';
    if ((kinds & NUMBER) != 0)
        return node->plain && hrmi_number_read(node->text, strlen(node->text), &number);
    if ((kinds & YES_NO) != 0)
        return node->plain && (strcmp(node->text, "true") == 0 || strcmp(node->text, "false") == 0 ||
                               strcmp(node->text, "yes") == 0 || strcmp(node->text, "no") == 0);
    return false;
}

static const char *kinds_in_words(unsigned kinds) {
    switch (kinds) {
    case TEXT:
        return "a text";
    case NUMBER:
        return "a number";
    case YES_NO:
        return "true or false";
    case LIST:
        return "a list ([a, b] or lines that begin with '- ')";
    case MAP:
        return "keys and values ({a: b} or lines 'a: b')";
    case TEXT | MAP:
        return "a text, or keys and values ({a: b})";
    case TEXT | LIST:
        return "a text, or a list ([a, b])";
    default:
        return "something else";
    }
}

static const char *what_is_there(const hrmi_yaml *node) {
    if (node->kind == HRMI_YAML_LIST) return "a list";
    if (node->kind == HRMI_YAML_MAP) return "keys and values";
    return is_nothing(node) || node->text[0] == '\0' ? "nothing" : node->text;
}

static hrm_status fail_at(const checker *c, hrm_status status, hrmi_place place) {
    return hrmi_yaml_fail_at(c->ctx, status, c->name, place);
}

static hrm_status check_kind(const checker *c, const hrmi_yaml *node, const char *what, unsigned kinds) {
    if (is_kind(node, kinds)) return HRM_OK;
    return fail_at(c,
                   hrmi_fail(c->ctx, HRM_ERROR_RECIPE, "'%s' should be %s; there is %.60s", what,
                             kinds_in_words(kinds), what_is_there(node)),
                   node->place);
}

static hrm_status check_word(const checker *c, const hrmi_yaml *node, const char *what,
                             const char *const *words) {
    char list[256] = "";
    size_t used = 0;
    if (words == NULL || node->kind != HRMI_YAML_TEXT) return HRM_OK;
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], node->text) == 0) return HRM_OK;
        const size_t length = strlen(words[i]);
        if (used + length + 3 > sizeof list) continue;
        memcpy(list + used, ", ", 2);
        memcpy(list + used + 2, words[i], length + 1);
        used += length + 2;
    }
    return fail_at(
        c, hrmi_fail(c->ctx, HRM_ERROR_RECIPE, "'%s' is '%.60s'; it can be: %s", what, node->text, list + 2),
        node->place);
}

/* ---- keys ---- */

static const rule *find_rule(const rule *rules, const char *key) {
    for (const rule *r = rules; r->key != NULL; r++)
        if (strcmp(r->key, "*") == 0 || strcmp(r->key, key) == 0) return r;
    return NULL;
}

static hrm_status unknown_key(const checker *c, const hrmi_yaml *node, const rule *rules, const char *where) {
    const char *nearest = NULL;
    size_t least = 4; /* further away than three letters is another word */
    for (const rule *r = rules; r->key != NULL; r++) {
        const size_t limit = least - 1;
        const size_t distance = hrmi_utf8_distance(node->key, r->key, limit);
        if (distance <= limit && distance < strlen(r->key)) {
            least = distance;
            nearest = r->key;
            if (distance == 0) break;
        }
    }
    const hrm_status status =
        nearest != NULL ? hrmi_fail(c->ctx, HRM_ERROR_RECIPE, "unknown key '%.80s' %s; did you mean '%s'?",
                                    node->key, where, nearest)
                        : hrmi_fail(c->ctx, HRM_ERROR_RECIPE, "unknown key '%.80s' %s", node->key, where);
    return fail_at(c, status, node->key_place);
}

static hrm_status needed_keys(const checker *c, const hrmi_yaml *map, const rule *rules, const char *where) {
    for (const rule *r = rules; r->key != NULL; r++)
        if (r->needed && hrmi_yaml_get(map, r->key) == NULL)
            return fail_at(c,
                           hrmi_fail(c->ctx, HRM_ERROR_RECIPE, "the key '%s' is missing %s", r->key, where),
                           map->place);
    return HRM_OK;
}

static hrm_status not_yet(const checker *c, const rule *r, hrmi_place place) {
    return fail_at(
        c, hrmi_fail(c->ctx, HRM_ERROR_UNSUPPORTED, "'%s' is not in this version yet: %s", r->key, r->later),
        place);
}

static hrm_status check_map(const checker *c, const hrmi_yaml *map, const rule *rules, const char *where);

static hrm_status check_list(const checker *c, const hrmi_yaml *list, const rule *r) {
    char where[64];
    hrm_status status = HRM_OK;
    if (list->count == 0)
        return fail_at(c, hrmi_fail(c->ctx, HRM_ERROR_RECIPE, "'%s' is an empty list; leave it out", r->key),
                       list->place);
    (void)snprintf(where, sizeof where, "under '%s'", r->key);
    for (const hrmi_yaml *item = list->first; item != NULL && status == HRM_OK; item = item->next) {
        status = check_kind(c, item, r->key, r->items);
        if (status == HRM_OK && item->kind == HRMI_YAML_MAP && r->item_map != NULL)
            status = check_map(c, item, r->item_map, where);
    }
    return status;
}

/* The rules are nested a few levels deep, and so is this recursion, whatever the text. */
static hrm_status check_value(const checker *c, const hrmi_yaml *node, const rule *r) {
    char where[64];
    if (r->later != NULL) return not_yet(c, r, node->key_place);
    hrm_status status = check_kind(c, node, node->key, r->kinds);
    if (status == HRM_OK) status = check_word(c, node, node->key, r->words);
    if (status != HRM_OK) return status;
    if (node->kind == HRMI_YAML_LIST) return check_list(c, node, r);
    if (node->kind != HRMI_YAML_MAP || r->map == NULL) return HRM_OK;
    (void)snprintf(where, sizeof where, "under '%.40s'", node->key);
    return check_map(c, node, r->map, where);
}

static hrm_status check_map(const checker *c, const hrmi_yaml *map, const rule *rules, const char *where) {
    hrm_status status = HRM_OK;
    for (const hrmi_yaml *child = map->first; child != NULL && status == HRM_OK; child = child->next) {
        const rule *const r = find_rule(rules, child->key);
        status = r == NULL ? unknown_key(c, child, rules, where) : check_value(c, child, r);
    }
    return status == HRM_OK ? needed_keys(c, map, rules, where) : status;
}

/* ---- what is asked for, and this version cannot do ---- */

/* The first item of a list, where there is one. */
static const hrmi_yaml *items_of(const hrmi_yaml *root, const char *key) {
    const hrmi_yaml *const list = hrmi_yaml_get(root, key);
    return list != NULL && list->kind == HRMI_YAML_LIST ? list->first : NULL;
}

/* Looked at before the keys: such a table or list of projects lacks keys that others need. */
static hrm_status check_later_values(const checker *c, const hrmi_yaml *root) {
    static const rule names = {.key = "a key by names", .later = later_names};
    static const rule dream = {.key = "format: dream",
                               .later = "give the projects as a table (format: table)"};
    for (const hrmi_yaml *item = items_of(root, "tables"); item != NULL; item = item->next) {
        const hrmi_yaml *const key = item->kind == HRMI_YAML_MAP ? hrmi_yaml_get(item, "key") : NULL;
        if (key != NULL && key->kind == HRMI_YAML_MAP) return not_yet(c, &names, key->place);
    }
    for (const hrmi_yaml *item = items_of(root, "projects"); item != NULL; item = item->next) {
        const hrmi_yaml *const format = item->kind == HRMI_YAML_MAP ? hrmi_yaml_get(item, "format") : NULL;
        if (format != NULL && strcmp(format->text, "dream") == 0) return not_yet(c, &dream, format->place);
    }
    return HRM_OK;
}

hrm_status hrmi_recipe_check(hrm_context *ctx, const char *name, const hrmi_yaml *root) {
    const checker c = {ctx, name};
    if (root->kind != HRMI_YAML_MAP)
        return fail_at(&c,
                       hrmi_fail(ctx, HRM_ERROR_RECIPE,
                                 "a recipe is keys and values, and begins with 'hromada: 1'; there is %.60s",
                                 what_is_there(root)),
                       root->place);
    const hrmi_yaml *const version = hrmi_yaml_get(root, "hromada");
    if (version != NULL && strcmp(version->text, "1") != 0)
        return fail_at(&c,
                       hrmi_fail(ctx,
                                 version->kind == HRMI_YAML_TEXT ? HRM_ERROR_UNSUPPORTED : HRM_ERROR_RECIPE,
                                 "this library reads recipes that begin with 'hromada: 1', not with '%.20s'",
                                 what_is_there(version)),
                       version->place);
    const hrm_status status = check_later_values(&c, root);
    return status == HRM_OK ? check_map(&c, root, root_rules, "at the top of the recipe") : status;
}
