/* What the options of hromada-join say, and cannot say together: see join.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "join.h"

bool join_ends_with(const char *text, const char *end) {
    const size_t length = strlen(text);
    const size_t tail = strlen(end);
    if (length <= tail) return false;
    for (size_t i = 0; i < tail; i++) {
        const char c = text[length - tail + i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != end[i]) return false;
    }
    return true;
}

/* The place of a word in a list that ends with NULL, or −1. */
static int32_t place_of(const char *const *list, const char *word) {
    for (int32_t i = 0; list[i] != NULL; i++)
        if (strcmp(list[i], word) == 0) return i;
    return -1;
}

/* A number from 1 to 9999, or 0 for what is none. */
static uint32_t read_number(const char *text) {
    uint32_t number = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] < '0' || text[i] > '9' || i == 4) return 0;
        number = number * 10 + (uint32_t)(text[i] - '0');
    }
    return number;
}

/* A word of a list; 0 and a message where it is none. */
static bool read_word(const program *self, int option, const char *const *list, const char *advice,
                      int32_t *out) {
    char what[128];
    if (given(option) == NULL) return true;
    *out = place_of(list, given(option));
    if (*out >= 0) return true;
    (void)snprintf(what, sizeof what, "--%s wants %s, not", join_options[option].name, advice);
    (void)program_wrong_usage(self, what, given(option));
    return false;
}

static bool read_row(const program *self, int option, uint32_t *out) {
    char what[64];
    if (given(option) == NULL) return true;
    *out = read_number(given(option));
    if (*out > 0) return true;
    (void)snprintf(what, sizeof what, "--%s wants a number from 1 on, not", join_options[option].name);
    (void)program_wrong_usage(self, what, given(option));
    return false;
}

/* "file,written,code": the last two parts are fields, where there are two. */
static bool read_crosswalk(join_run *r) {
    const char *const text = given(CROSSWALK);
    if (text == NULL) return true;
    r->crosswalk_text = malloc(strlen(text) + 1);
    if (r->crosswalk_text == NULL) return false;
    memcpy(r->crosswalk_text, text, strlen(text) + 1);
    r->crosswalk[0] = r->crosswalk_text;
    char *const last = strrchr(r->crosswalk_text, ',');
    if (last == NULL) return true;
    *last = '\0';
    char *const first = strrchr(r->crosswalk_text, ',');
    if (first == NULL) {
        *last = ',';
        return true;
    }
    *first = '\0';
    r->crosswalk[1] = first + 1;
    r->crosswalk[2] = last + 1;
    return true;
}

/* What the options cannot say together: what is wrong, or NULL. */
static const char *find_fault(void) {
    const bool names = given(RAION) != NULL || given(OBLAST) != NULL || given(TYPE) != NULL;
    if (given(TO) == NULL) return "the option --to is missing: the boundaries to join to";
    if (names && given(NAME) == NULL)
        return "--raion, --oblast and --type tell equal names apart: give --name too";
    if ((given(X) != NULL) != (given(Y) != NULL)) return "--x and --y go together";
    if (given(X) != NULL && given(CRS) == NULL)
        return "in which CRS are --x and --y? Give --crs EPSG:4326 for degrees of longitude and latitude";
    if (given(CRS) != NULL && given(X) == NULL) return "--crs is that of --x and --y, which are not given";
    if (given(SQL) != NULL && (given(SHEET) != NULL || given(WHERE) != NULL))
        return "--sql names its table and rows itself: leave --sheet and --where out";
    if (given(LIST) != NULL && strcmp(given(LIST), "all") != 0) return "--list wants all";
    if (given(OUTPUT) != NULL && !join_ends_with(given(OUTPUT), ".csv") &&
        !join_ends_with(given(OUTPUT), ".gpkg"))
        return "--output wants a name that ends in .csv or .gpkg";
    for (size_t i = 0; i < join_options[COLUMN].count; i++) {
        const char *const equals = strchr(join_options[COLUMN].values[i], '=');
        if (equals == NULL || equals == join_options[COLUMN].values[i] || equals[1] == '\0')
            return "--column wants ID=FIELD: the column's name, and the heading in the table";
    }
    return NULL;
}

/* Why a table cannot be read as the options say; NULL where it can. */
static const char *find_table_fault(const char *path) {
    const bool is_server = strncmp(path, "PG:", 3) == 0;
    if (is_server && given(ALLOW_SERVER) == NULL)
        return "the table is in a database on a server: give --allow-server if it may be read there";
    if (given(SHEET) != NULL &&
        (join_ends_with(path, ".csv") || join_ends_with(path, ".tsv") || join_ends_with(path, ".txt")))
        return "--sheet names a sheet or layer: a table in a text file has none; leave it out";
    return NULL;
}

bool join_read_options(join_run *r) {
    static const char *const languages[] = {"uk", "en", NULL}; /* HRM_UK, HRM_EN */
    static const char *const decimals[] = {"auto", "point", "comma", NULL};
    static const char *const policies[] = {"error", "first", "last", "sum", "mean", "hold", NULL};
    const char *fault = find_fault();
    if (fault == NULL) fault = find_table_fault(r->table_path);
    r->language = HRM_EN;
    r->duplicates = given(NAME) != NULL && given(CODE) == NULL ? HRM_DUPLICATES_HOLD : HRM_DUPLICATES_ERROR;
    if (fault != NULL) {
        (void)program_wrong_usage(r->self, fault, "");
        return false;
    }
    return read_word(r->self, LANGUAGE, languages, "uk or en", &r->language) &&
           read_word(r->self, DECIMAL, decimals, "auto, point or comma", &r->decimal) &&
           read_word(r->self, DUPLICATES, policies, "error, first, last, sum, mean or hold",
                     &r->duplicates) &&
           read_row(r->self, HEADER_ROW, &r->header_row) && read_row(r->self, HEADER_ROWS, &r->header_rows) &&
           read_crosswalk(r) && join_check_outputs(r);
}
