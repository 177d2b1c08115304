/* From the events of libyaml to a tree: see yaml.h. The open lists and maps stand on a small stack, so
 * nothing recurses. */
#include <yaml.h>

#include "base/index.h"
#include "base/utf8.h"
#include "recipe/yaml.h"

typedef struct builder {
    hrm_context *ctx;
    hrmi_arena *arena;
    const char *name;
    hrmi_yaml *open[HRMI_YAML_MOST_LEVELS];
    size_t depth;
    size_t nodes;
    size_t documents;
    hrmi_yaml *root;
    const char *key; /* of the innermost map, waiting for its value */
    hrmi_place key_place;
} builder;

static hrmi_place place_of(const yaml_mark_t *mark) {
    const hrmi_place place = {mark->line + 1, mark->column + 1};
    return place;
}

hrm_status hrmi_yaml_fail_at(hrm_context *ctx, hrm_status status, const char *name, hrmi_place place) {
    return hrmi_fail_in(ctx, status, "%s, line %zu, column %zu", name, place.line, place.column);
}

static hrm_status refuse(builder *b, const yaml_event_t *event, const char *what) {
    const hrm_status status = hrmi_fail(b->ctx, HRM_ERROR_RECIPE, "%s", what);
    return hrmi_yaml_fail_at(b->ctx, status, b->name, place_of(&event->start_mark));
}

const hrmi_yaml *hrmi_yaml_get(const hrmi_yaml *map, const char *key) {
    const hrmi_yaml *child = map->first;
    while (child != NULL && strcmp(child->key, key) != 0) child = child->next;
    return child;
}

/* ---- one node ---- */

static bool waits_for_key(const builder *b) {
    return b->depth > 0 && b->open[b->depth - 1]->kind == HRMI_YAML_MAP && b->key == NULL;
}

static hrm_status add_node(builder *b, const yaml_event_t *event, hrmi_yaml_kind kind, hrmi_yaml **out) {
    hrmi_yaml *node = NULL;
    if (waits_for_key(b)) return refuse(b, event, "a key must be a plain text");
    if (b->nodes == HRMI_YAML_MOST_NODES)
        return hrmi_fail(b->ctx, HRM_ERROR_LIMIT, "%s: more than %d values: this is no recipe", b->name,
                         (int)HRMI_YAML_MOST_NODES);
    node = hrmi_arena_new(b->ctx, b->arena, 1, sizeof *node);
    if (node == NULL) return HRM_ERROR_MEMORY;
    b->nodes++;
    node->kind = kind;
    node->text = "";
    node->place = place_of(&event->start_mark);
    node->key = b->key;
    node->key_place = b->key_place;
    b->key = NULL;
    if (b->depth == 0) {
        b->root = node;
    } else {
        hrmi_yaml *const parent = b->open[b->depth - 1];
        if (parent->last == NULL) parent->first = node;
        else parent->last->next = node;
        parent->last = node;
        parent->count++;
    }
    *out = node;
    return HRM_OK;
}

static hrm_status open_node(builder *b, const yaml_event_t *event, hrmi_yaml_kind kind) {
    hrmi_yaml *node = NULL;
    if (b->depth == HRMI_YAML_MOST_LEVELS)
        return hrmi_yaml_fail_at(
            b->ctx,
            hrmi_fail(b->ctx, HRM_ERROR_LIMIT, "nested over %d levels deep", (int)HRMI_YAML_MOST_LEVELS),
            b->name, place_of(&event->start_mark));
    const hrm_status status = add_node(b, event, kind, &node);
    if (status == HRM_OK) b->open[b->depth++] = node;
    return status;
}

/* A map may be long: the keys are looked up, not compared in pairs. */
static hrm_status close_map(builder *b, const hrmi_yaml *map) {
    hrm_status status = HRM_OK;
    hrmi_index keys;
    hrmi_index_init(&keys, b->ctx);
    for (const hrmi_yaml *child = map->first; child != NULL && status == HRM_OK; child = child->next) {
        const size_t length = strlen(child->key);
        const size_t line = hrmi_index_find(&keys, child->key, length);
        if (line == HRM_NONE) {
            status = hrmi_index_add(b->ctx, &keys, child->key, length, child->key_place.line);
        } else {
            status =
                hrmi_fail(b->ctx, HRM_ERROR_RECIPE,
                          "the key '%.80s' stands here for the second time; the first one is in line %zu",
                          child->key, line);
            status = hrmi_yaml_fail_at(b->ctx, status, b->name, child->key_place);
        }
    }
    hrmi_index_free(&keys);
    return status;
}

static hrm_status add_text(builder *b, const yaml_event_t *event) {
    const char *const value = (const char *)event->data.scalar.value;
    const size_t length = event->data.scalar.length;
    hrmi_yaml *node = NULL;
    if (memchr(value, '\0', length) != NULL) return refuse(b, event, "a zero byte has no place in a recipe");
    char *const text = hrmi_arena_text(b->ctx, b->arena, value, length);
    if (text == NULL) return HRM_ERROR_MEMORY;
    if (waits_for_key(b)) {
        b->key = text;
        b->key_place = place_of(&event->start_mark);
        return HRM_OK;
    }
    const hrm_status status = add_node(b, event, HRMI_YAML_TEXT, &node);
    if (status != HRM_OK) return status;
    node->text = text;
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    return HRM_OK;
}

/* ---- events ---- */

/* Whether the event carries an anchor or a tag. */
static bool is_decorated(const yaml_event_t *event) {
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL;
    case YAML_SEQUENCE_START_EVENT:
        return event->data.sequence_start.anchor != NULL || event->data.sequence_start.tag != NULL;
    case YAML_MAPPING_START_EVENT:
        return event->data.mapping_start.anchor != NULL || event->data.mapping_start.tag != NULL;
    default:
        return event->type == YAML_ALIAS_EVENT;
    }
}

static hrm_status take_event(builder *b, const yaml_event_t *event) {
    if (is_decorated(event))
        return refuse(b, event,
                      "anchors (&), aliases (*) and tags (!) are not used in recipes: write the value "
                      "out, or put it in quotes when the sign belongs to it");
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (b->documents++ > 0) return refuse(b, event, "a second document begins here; a recipe is one");
        return HRM_OK;
    case YAML_SCALAR_EVENT:
        return add_text(b, event);
    case YAML_SEQUENCE_START_EVENT:
        return open_node(b, event, HRMI_YAML_LIST);
    case YAML_MAPPING_START_EVENT:
        return open_node(b, event, HRMI_YAML_MAP);
    case YAML_SEQUENCE_END_EVENT:
        b->depth--;
        return HRM_OK;
    case YAML_MAPPING_END_EVENT:
        return close_map(b, b->open[--b->depth]);
    default:
        return HRM_OK;
    }
}

static hrm_status parser_failure(const builder *b, const yaml_parser_t *parser) {
    if (parser->error == YAML_MEMORY_ERROR) return hrmi_fail_memory(b->ctx);
    const yaml_mark_t *const mark =
        parser->error == YAML_READER_ERROR ? &parser->mark : &parser->problem_mark;
    const char *const problem = parser->problem != NULL ? parser->problem : "it cannot be read";
    const char *const context = parser->context != NULL ? parser->context : "";
    const bool sign = strstr(context, "alias") != NULL || strstr(context, "anchor") != NULL ||
                      strstr(context, "tag") != NULL;
    const hrm_status status =
        hrmi_fail(b->ctx, HRM_ERROR_RECIPE, "not YAML: %s%s%s%s", problem, context[0] != '\0' ? " " : "",
                  context, sign ? "; a text that begins with *, & or ! stands in quotes" : "");
    return hrmi_yaml_fail_at(b->ctx, status, b->name, place_of(mark));
}

static hrm_status read_events(builder *b, yaml_parser_t *parser) {
    bool ended = false;
    hrm_status status = HRM_OK;
    while (!ended && status == HRM_OK) {
        yaml_event_t event;
        if (yaml_parser_parse(parser, &event) == 0) return parser_failure(b, parser);
        ended = event.type == YAML_STREAM_END_EVENT;
        status = take_event(b, &event);
        yaml_event_delete(&event);
    }
    return status;
}

/* Binary files and other encodings are told apart before libyaml says something less helpful. */
static hrm_status check_text(hrm_context *ctx, const char *name, const char *text, size_t length) {
    if (length > HRMI_YAML_MOST_BYTES)
        return hrmi_fail(ctx, HRM_ERROR_LIMIT, "%s: larger than 1 MiB: this is no recipe", name);
    const size_t invalid = hrmi_utf8_first_invalid(text, length);
    if (invalid < length)
        return hrmi_fail(ctx, HRM_ERROR_RECIPE,
                         "%s: not UTF-8 text (byte %zu): save the recipe as UTF-8, or check the file's name",
                         name, invalid + 1);
    if (length > 0 && memchr(text, '\0', length) != NULL)
        return hrmi_fail(ctx, HRM_ERROR_RECIPE, "%s: a binary file, not a recipe", name);
    return HRM_OK;
}

hrm_status hrmi_yaml_read(hrm_context *ctx, hrmi_arena *arena, const char *name, const char *text,
                          size_t length, hrmi_yaml **out) {
    builder b;
    yaml_parser_t parser;
    *out = NULL;
    hrm_status status = check_text(ctx, name, text, length);
    if (status != HRM_OK) return status;
    memset(&b, 0, sizeof b);
    b.ctx = ctx;
    b.arena = arena;
    b.name = name;
    if (yaml_parser_initialize(&parser) == 0) return hrmi_fail_memory(ctx);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    const size_t mark = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0; /* a byte order mark */
    yaml_parser_set_input_string(&parser, (const unsigned char *)text + mark, length - mark);
    status = read_events(&b, &parser);
    yaml_parser_delete(&parser);
    if (status != HRM_OK) return status;
    if (b.root == NULL)
        return hrmi_fail(ctx, HRM_ERROR_RECIPE, "%s: empty; a recipe begins with 'hromada: 1'", name);
    *out = b.root;
    return HRM_OK;
}
