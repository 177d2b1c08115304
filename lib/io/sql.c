/*
 * SQL of the caller. Files are opened for reading only and servers in read-only sessions, so SQL cannot
 * change anything; what is left to refuse is reading past the database.
 *
 * SQLite itself opens other files by ATTACH alone, which is no SELECT. But GDAL and SpatiaLite add functions
 * that load a library (load_extension), open a data source (ogr_datasource_load_layers), read a file
 * (BlobFromFile, ImportSHP) or ask a web service (ogr_geocode), and later versions will add more. So every
 * name before a parenthesis must be one that is known to be harmless: quoted or not, as SQLite takes both.
 *
 * A file may hold more than was made with SQLite: whoever writes its bytes writes the statements of its
 * schema as he likes, with comments in them or on the pages of another table. So they are taken apart as
 * SQLite does it, and what is no table, view, index or trigger must be a virtual table of a known kind.
 */
#include "io/names.h"
#include "io/sql.h"

/* In small letters: words of the language, then functions. Those that make long texts from small ones
 * (printf, randomblob …) are left out. */
static const char *const harmless[] = {
    "all", "and", "as", "between", "by", "case", "check", "distinct", "else", "except", "exists", "filter",
    "from", "group", "having", "in", "intersect", "is", "join", "like", "limit", "not", "offset", "on", "or",
    "order", "over", "partition", "select", "then", "union", "using", "values", "when", "where", "with",
    "materialized", "glob", "end",
    /* core */
    "abs", "cast", "changes", "char", "coalesce", "hex", "ifnull", "iif", "instr", "length", "lower", "ltrim",
    "max", "min", "nullif", "quote", "replace", "round", "rtrim", "sign", "substr", "substring", "trim",
    "typeof", "unicode", "upper",
    /* aggregates and windows */
    "avg", "count", "group_concat", "string_agg", "sum", "total", "row_number", "rank", "dense_rank",
    "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value", "last_value", "nth_value",
    /* dates and mathematics */
    "date", "time", "datetime", "julianday", "strftime", "unixepoch", "ceil", "ceiling", "exp", "floor", "ln",
    "log", "log10", "log2", "mod", "pi", "pow", "power", "sqrt", "trunc",
    /* JSON in cells */
    "json", "json_each", "json_extract", "json_array_length", "json_type", "json_valid",
    /* geometry in the file */
    "st_area", "st_centroid", "st_contains", "st_distance", "st_geometrytype", "st_intersects", "st_isempty",
    "st_isvalid", "st_length", "st_maxx", "st_maxy", "st_minx", "st_miny", "st_pointonsurface", "st_srid",
    "st_within", "st_x", "st_y"};

static char small(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_word(char c) {
    return (c >= '0' && c <= '9') || (small(c) >= 'a' && small(c) <= 'z') || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80;
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_same(const char *word, size_t length, const char *lower) {
    for (size_t i = 0; i < length; i++)
        if (lower[i] == '\0' || small(word[i]) != lower[i]) return false;
    return lower[length] == '\0';
}

static bool is_harmless(const char *word, size_t length) {
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (is_same(word, length, harmless[i])) return true;
    return false;
}

hrm_status hrmi_sql_check_select(hrm_context *ctx, const char *sql, const char *path) {
    size_t length = 0;
    while (is_blank(*sql)) sql++;
    while (is_word(sql[length])) length++;
    if (!is_same(sql, length, "select") && !is_same(sql, length, "with"))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s: sql must begin with SELECT or WITH", path);
    if (strchr(sql, ';') != NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "%s: sql is one statement, and no semicolon may stand in it, not even at its end",
                         path);
    return HRM_OK;
}

/* The end of what is opened by the quote or bracket at `at`, behind its closing one; NULL where it is not
 * closed. A quote that is doubled inside is a quote. */
static const char *end_of_quoted(const char *at) {
    const char quote = at[0] == '[' ? ']' : at[0];
    for (at++; *at != '\0'; at++) {
        if (*at != quote) continue;
        if (quote == ']' || at[1] != quote) return at + 1;
        at++;
    }
    return NULL;
}

static hrm_status fail_function(hrm_context *ctx, const char *word, size_t length, const char *path) {
    char shown[60];
    hrmi_names_show(word, length, shown, sizeof shown);
    return hrmi_fail(
        ctx, HRM_ERROR_UNSUPPORTED,
        "%s: \"%s(\" is not used in SQL here: only functions that read nothing but the file are; WITH "
        "takes no list of columns",
        path, shown);
}

/* Tables that tell of the connection, the file's place on disk and its bytes, and are called without a
 * parenthesis: SQLite takes them in any quotes. */
static bool is_inner_table(const char *word, size_t length) {
    static const char *const names[] = {"dbstat",      "sqlite_dbpage", "sqlite_dbdata", "sqlite_dbptr",
                                        "sqlite_stmt", "bytecode",      "tables_used"};
    if (length > 7 && is_same(word, 7, "pragma_")) return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_same(word, length, names[i])) return true;
    return false;
}

static hrm_status fail_inner_table(hrm_context *ctx, const char *word, size_t length, const char *path) {
    char shown[60];
    hrmi_names_show(word, length, shown, sizeof shown);
    return hrmi_fail(
        ctx, HRM_ERROR_UNSUPPORTED,
        "%s: \"%s\" is not used in SQL here: it tells of the connection, not what is in the file", path,
        shown);
}

hrm_status hrmi_sql_check_functions(hrm_context *ctx, const char *sql, const char *path) {
    const char *word = NULL; /* the last word or quoted name, if nothing but blanks stands behind it */
    size_t length = 0;
    for (const char *at = sql; *at != '\0';) {
        if ((at[0] == '-' && at[1] == '-') || (at[0] == '/' && at[1] == '*'))
            return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s: comments cannot stand in SQL here", path);
        if (is_blank(*at)) {
            at++;
        } else if (*at == '\'' || *at == '"' || *at == '`' || *at == '[') {
            const char *const end = end_of_quoted(at);
            if (end == NULL)
                return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s: a quote in the SQL is not closed", path);
            word = at + 1;
            length = (size_t)(end - at) - 2;
            at = end;
            if (is_inner_table(word, length)) return fail_inner_table(ctx, word, length, path);
        } else if (is_word(*at)) {
            word = at;
            while (is_word(*at)) at++;
            length = (size_t)(at - word);
            if (is_inner_table(word, length)) return fail_inner_table(ctx, word, length, path);
        } else {
            if (*at == '(' && word != NULL && !is_harmless(word, length))
                return fail_function(ctx, word, length, path);
            word = NULL;
            at++;
        }
    }
    return HRM_OK;
}

/* ---- the statements of a schema ---- */

/* Behind blanks and comments; a byte order mark is a blank to SQLite. */
static const char *skip_blanks(const char *at) {
    for (;;) {
        const char *end = NULL;
        if (is_blank(*at)) {
            at++;
        } else if (strncmp(at, "\xEF\xBB\xBF", 3) == 0) {
            at += 3;
        } else if (at[0] == '-' && at[1] == '-') {
            end = strchr(at, '\n');
            at = end != NULL ? end + 1 : at + strlen(at);
        } else if (at[0] == '/' && at[1] == '*') {
            end = strstr(at + 2, "*/");
            at = end != NULL ? end + 2 : at + strlen(at);
        } else {
            return at;
        }
    }
}

/* The next word, quoted name or sign, behind which *at goes; "" at the end. */
static const char *next_token(const char **at, size_t *length) {
    const char *const token = skip_blanks(*at);
    const char *end = token;
    if (*token == '\'' || *token == '"' || *token == '`' || *token == '[') {
        end = end_of_quoted(token);
        if (end == NULL) end = token + strlen(token);
    } else {
        while (is_word(*end)) end++;
        if (end == token && *end != '\0') end++;
    }
    *at = end;
    *length = (size_t)(end - token);
    return token;
}

static bool is_one_of(const char *word, size_t length, const char *const *list) {
    for (; *list != NULL; list++)
        if (is_same(word, length, *list)) return true;
    return false;
}

bool hrmi_sql_stays_in_file(const char *sql) {
    static const char *const plain[] = {"table", "view", "index", "unique", "trigger", NULL};
    static const char *const modules[] = {
        "rtree", "rtree_i32",           "geopoly",           "fts3",       "fts4",
        "fts5",  "virtualspatialindex", "virtualelementary", "virtualknn", "virtualknn2",
        NULL};
    size_t length = 0;
    const char *token = next_token(&sql, &length);
    if (!is_same(token, length, "create")) return false;
    token = next_token(&sql, &length);
    if (is_one_of(token, length, plain)) return true;
    if (!is_same(token, length, "virtual")) return false;
    while (length > 0 && !is_same(token, length, "using")) token = next_token(&sql, &length);
    token = next_token(&sql, &length);
    if (length > 2 && !is_word(*token)) { /* quoted */
        token++;
        length -= 2;
    }
    return is_one_of(token, length, modules);
}

/* ---- statements and filters that would not come to an end ---- */

/* The bare name of a token: without the quotes around it. */
static const char *bare(const char *token, size_t *length) {
    if (*length < 2 || is_word(*token)) return token;
    *length -= 2;
    return token + 1;
}

static bool is_same_name(const char *a, size_t a_length, const char *b, size_t b_length) {
    a = bare(a, &a_length);
    b = bare(b, &b_length);
    if (a_length != b_length) return false;
    for (size_t i = 0; i < a_length; i++)
        if (small(a[i]) != small(b[i])) return false;
    return true;
}

/* Whether the body of a WITH, behind its opening parenthesis, reads from `name`. */
static bool reads_from(const char *body, const char *name, size_t name_length) {
    size_t depth = 1;
    bool may_be_table = false;
    while (depth > 0) {
        size_t length = 0;
        const char *const token = next_token(&body, &length);
        if (length == 0) return false;
        if (may_be_table && is_same_name(token, length, name, name_length)) return true;
        if (*token == '(') depth++;
        if (*token == ')') depth--;
        may_be_table = *token == ',' || *token == '(' || is_same(token, length, "from") ||
                       is_same(token, length, "join");
    }
    return false;
}

hrm_status hrmi_sql_check_end(hrm_context *ctx, const char *sql, const char *path) {
    const char *previous = "";
    const char *name = NULL; /* before AS, [NOT] MATERIALIZED */
    size_t previous_length = 0;
    size_t name_length = 0;
    for (;;) {
        size_t length = 0;
        const char *const token = next_token(&sql, &length);
        if (length == 0) return HRM_OK;
        const bool recursive =
            is_same(token, length, "recursive") && is_same(previous, previous_length, "with");
        if (recursive || (*token == '(' && name != NULL && reads_from(sql, name, name_length)))
            return hrmi_fail(ctx, HRM_ERROR_UNSUPPORTED,
                             "%s: a WITH that reads from itself is not used in SQL here, as it need not come "
                             "to an end; call it otherwise than what it reads",
                             path);
        if (is_same(token, length, "as")) {
            name = previous;
            name_length = previous_length;
        } else if (!is_same(token, length, "not") && !is_same(token, length, "materialized")) {
            name = NULL;
        }
        previous = token;
        previous_length = length;
    }
}

hrm_status hrmi_sql_check_patterns(hrm_context *ctx, const char *where, const char *path) {
    enum { MOST = 3 };
    bool inside = false;
    int count = 0;
    for (const char *at = where; *at != '\0'; at++) {
        if (inside && (*at == '\\' || *at == '\'') && at[1] == '\'') {
            at++;
        } else if (*at == '\'') {
            inside = !inside;
            count = 0;
        } else if (inside && *at == '%' && ++count > MOST) {
            return hrmi_fail(
                ctx, HRM_ERROR_UNSUPPORTED,
                "%s: a text of the filter has more than %d signs %%; with each more, a long cell "
                "takes many times longer to compare",
                path, MOST);
        }
    }
    return HRM_OK;
}
