/* Holding a recipe's tree against its keys: see check.h. */
#include <stdio.h>

#include "base/number.h"
#include "base/utf8.h"
#include "recipe/check.h"
#include "recipe/keys.h"

enum {
    TEXT = HRMI_KEY_TEXT,
    NUMBER = HRMI_KEY_NUMBER,
    YES_NO = HRMI_KEY_YES_NO,
    LIST = HRMI_KEY_LIST,
    MAP = HRMI_KEY_MAP
};

typedef hrmi_rule rule;

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
    if (node->kind == HRMI_YAML_TEXT && !node->plain && node->text[0] != '\0')
        return fail_at(c,
                       hrmi_fail(c->ctx, HRM_ERROR_RECIPE,
                                 "'%s' should be %s; there is a text in quotes, '%.60s'", what,
                                 kinds_in_words(kinds), node->text),
                       node->place);
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

/* Looked at before the keys: such a list of projects lacks keys that others need. */
static hrm_status check_later_values(const checker *c, const hrmi_yaml *root) {
    static const rule dream = {.key = "format: dream",
                               .later = "give the projects as a table (format: table)"};
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
    if (version != NULL && strcmp(version->text, "1") == 0 && !version->plain)
        return fail_at(&c,
                       hrmi_fail(ctx, HRM_ERROR_RECIPE, "write 'hromada: 1' without quotes: it is a number"),
                       version->place);
    if (version != NULL && strcmp(version->text, "1") != 0)
        return fail_at(&c,
                       hrmi_fail(ctx,
                                 version->kind == HRMI_YAML_TEXT ? HRM_ERROR_UNSUPPORTED : HRM_ERROR_RECIPE,
                                 "this library reads recipes that begin with 'hromada: 1', not with '%.20s'",
                                 what_is_there(version)),
                       version->place);
    const hrm_status status = check_later_values(&c, root);
    return status == HRM_OK ? check_map(&c, root, hrmi_recipe_rules, "at the top of the recipe") : status;
}
