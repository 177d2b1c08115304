/*
 * Connections to servers. libpq takes `key=value` pairs apart by blanks, values with blanks in single quotes,
 * where a backslash stands before quotes and backslashes.
 *
 * A read-only session is asked for with `options`, so that GDAL's own questions change nothing either. It is
 * no wall: set_config() in a SELECT may end it for the next transaction. So there is only one, of source.c,
 * which cannot become a writing one once it has read. Waiting for a server ends after 10 seconds.
 */
#include <stdio.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "io/server.h"

typedef struct pair {
    const char *key, *value; /* the value as it stands, quotes included */
    size_t key_length, value_length;
} pair;

bool hrmi_server_is(const char *path) {
    return (path[0] == 'P' || path[0] == 'p') && (path[1] == 'G' || path[1] == 'g') && path[2] == ':';
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static const char *skip_blanks(const char *at) {
    while (is_blank(*at)) at++;
    return at;
}

/* Takes the next pair; false at the end and, *at not being there, where there is no pair. */
static bool next_pair(const char **at, pair *out) {
    const char *p = skip_blanks(*at);
    *at = p;
    if (*p == '\0') return false;
    out->key = p;
    while (*p != '\0' && *p != '=' && !is_blank(*p)) p++;
    out->key_length = (size_t)(p - out->key);
    p = skip_blanks(p);
    if (*p != '=' || out->key_length == 0) return false;
    p = skip_blanks(p + 1);
    out->value = p;
    const bool quoted = *p == '\'';
    if (quoted) p++;
    while (*p != '\0' && (quoted ? *p != '\'' : !is_blank(*p))) p += p[0] == '\\' && p[1] != '\0' ? 2 : 1;
    if (quoted && *p == '\0') return false;
    if (quoted) p++;
    out->value_length = (size_t)(p - out->value);
    *at = p;
    return true;
}

static bool is_key(const pair *p, const char *key) {
    return p->key_length == strlen(key) && memcmp(p->key, key, p->key_length) == 0;
}

static bool may_be_told(const pair *p) {
    static const char *const keys[] = {"host",    "hostaddr", "port",          "dbname", "user",
                                       "service", "schemas",  "active_schema", "tables"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (is_key(p, keys[i])) return true;
    return false;
}

/* `https://name:password@host/x` without what is for the host only. */
static void show_address(const char *path, char *out, size_t size) {
    const char *const scheme = strstr(path, "://");
    const char *const at = scheme != NULL ? strrchr(scheme, '@') : NULL;
    if (at == NULL) (void)snprintf(out, size, "%s", path);
    else (void)snprintf(out, size, "%.*s://…%s", (int)(scheme - path), path, at);
}

static void show_pairs(const char *path, char *out, size_t size) {
    const char *at = path + 3;
    size_t n = (size_t)snprintf(out, size, "PG:");
    const char *separator = "";
    bool untold = false;
    pair p;
    while (n < size && next_pair(&at, &p)) {
        if (!may_be_told(&p)) {
            untold = true;
            continue;
        }
        n += (size_t)snprintf(out + n, size - n, "%s%.*s=%.*s", separator, (int)p.key_length, p.key,
                              (int)p.value_length, p.value);
        separator = " ";
    }
    if (n < size && (untold || *at != '\0')) (void)snprintf(out + n, size - n, "%s…", separator);
}

void hrmi_server_show(const char *path, char *out, size_t size) {
    if (hrmi_server_is(path) && strstr(path, "://") == NULL) show_pairs(path, out, size);
    else show_address(path, out, size);
    out[hrmi_utf8_cut(out, strlen(out), size - 1)] = '\0';
}

char *hrmi_server_connection(hrm_context *ctx, const char *path, const char *shown) {
    const char *at = path + 3;
    bool waits = false;
    hrmi_buffer text;
    pair p;
    hrmi_buffer_init(&text, ctx);
    while (next_pair(&at, &p)) {
        if (is_key(&p, "connect_timeout")) waits = true;
        if (!is_key(&p, "options")) continue;
        (void)hrmi_fail(ctx, HRM_ERROR_UNSUPPORTED,
                        "%s: options of the connection cannot be set; they make it read-only", shown);
        return NULL;
    }
    if (*at != '\0') {
        (void)hrmi_fail(
            ctx, HRM_ERROR_ARGUMENT,
            "%s: the connection cannot be read; write it as PG:host=… dbname=… user=…, values with "
            "blanks in single quotes",
            shown);
        return NULL;
    }
    hrm_status status = hrmi_buffer_text(ctx, &text, path);
    if (status == HRM_OK)
        status = hrmi_buffer_text(ctx, &text, " options='-c default_transaction_read_only=on'");
    if (status == HRM_OK && !waits) status = hrmi_buffer_text(ctx, &text, " connect_timeout=10");
    char *const out = status == HRM_OK ? hrmi_text_copy(ctx, text.data, text.length) : NULL;
    hrmi_buffer_free(&text);
    return out;
}

/* A value of the connection that must not be told, with its quotes or without. */
static bool holds_value(const char *message, const pair *p) {
    char value[200];
    const bool quoted = p->value_length >= 2 && p->value[0] == '\'';
    const size_t length = quoted ? p->value_length - 2 : p->value_length;
    if (length == 0 || length >= sizeof value) return length > 0;
    memcpy(value, p->value + quoted, length);
    value[length] = '\0';
    return strstr(message, value) != NULL;
}

const char *hrmi_server_reason(const char *path, const char *message) {
    static const char untold[] = "the reason quotes the connection and is not repeated here";
    const char *at = path + 3;
    pair p;
    if (strstr(message, "connection option") != NULL)
        return "one of the words before the signs = is none that PostgreSQL knows";
    while (next_pair(&at, &p))
        if (!may_be_told(&p) && !is_key(&p, "connect_timeout") && holds_value(message, &p)) return untold;
    return *at == '\0' ? message : untold;
}
