/*
 * The rule of keys on the whole official codifier (16 May 2025): every community has the key that its code
 * begins with, everything inside one has the key of its community, raions and oblasts have none, Kyiv and
 * Sevastopol are communities. And on COD-AB: the keys of the boundary layer are those of the codifier's
 * communities, but for the Chornobyl zone.
 */
#include "community/code.h"
#include "harness/harness.h"

enum { LINE_SIZE = 4096, LEVELS = 5 };

typedef struct object {
    char code[LEVELS][32]; /* of oblast, raion, community, settlement, district; "" where there is none */
    char category;
} object;

static bool take_object(char *line, object *out) {
    char *at = line;
    for (size_t i = 0; i < LEVELS; i++) {
        const size_t length = strcspn(at, ";");
        if (length >= sizeof out->code[i] || at[length] != ';') return false;
        memcpy(out->code[i], at, length);
        out->code[i][length] = '\0';
        at += length + 1;
    }
    out->category = *at;
    return strncmp(out->code[0], "UA", 2) == 0;
}

/* The object's own code: the last that is there. */
static const char *own(const object *o) {
    size_t i = LEVELS - 1;
    while (i > 0 && o->code[i][0] == '\0') i--;
    return o->code[i];
}

/* How many objects have a key, by category, and none of them a wrong one. */
static void check(const object *o, size_t counts[128]) {
    char key[HRMI_KEY_SIZE] = "";
    char above[HRMI_KEY_SIZE] = "";
    const char *why = NULL;
    const char *const code = own(o);
    const bool has = hrmi_code_key(code, strlen(code), key, &why);
    if (o->category == 'O' || o->category == 'P') {
        ck_assert_msg(!has, "%s is an oblast or a raion and has the key %s", code, key);
        ck_assert_ptr_nonnull(strstr(why, o->category == 'O' ? "oblast" : "raion"));
        return;
    }
    ck_assert_msg(has, "%s: %s", code, why);
    ck_assert_mem_eq(key, code + 2, HRMI_KEY_DIGITS);
    counts[(unsigned char)o->category]++;
    if (o->code[2][0] == '\0' || o->category == 'K') return;
    /* Prypiat and Chornobyl stand below their oblast's code, which is no community's */
    if (hrmi_code_key(o->code[2], strlen(o->code[2]), above, &why)) ck_assert_str_eq(key, above);
    else ck_assert_str_eq(key, "3200000");
}

START_TEST(the_whole_codifier) {
    const char *const folder = hrmt_real_data("codes of the whole codifier");
    char line[LINE_SIZE];
    size_t counts[128] = {0};
    if (folder == NULL) return;
    (void)snprintf(line, sizeof line, "%s/codes/kodifikator-16-05-2025.csv", folder);
    FILE *const file = fopen(line, "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL) {
        object o;
        if (take_object(line, &o)) check(&o, counts);
    }
    (void)fclose(file);
    ck_assert_uint_eq(counts['H'], 1772);
    ck_assert_uint_eq(counts['K'], 2);
    ck_assert_uint_eq(counts['M'], 461);
    ck_assert_uint_eq(counts['X'], 2007);
    ck_assert_uint_eq(counts['C'], 27237);
    ck_assert_uint_eq(counts['B'], 108);
}
END_TEST

START_TEST(the_codifier_finds_the_boundaries) {
    const char *const folder = hrmt_real_data("codes of the codifier in the boundary layer");
    char line[LINE_SIZE];
    hrm_source source;
    hrm_layer *layer = NULL;
    size_t found = 0;
    size_t missing = 0;
    if (folder == NULL) return;
    hrm_context *ctx = hrmt_context();
    (void)snprintf(line, sizeof line, "%s/boundaries/Hromadas.geojson", folder);
    hrm_source_init(&source, sizeof source);
    source.path = line;
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
    (void)snprintf(line, sizeof line, "%s/codes/kodifikator-16-05-2025.csv", folder);
    FILE *const file = fopen(line, "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL) {
        object o;
        if (!take_object(line, &o)) continue;
        if (o.category == 'O' || o.category == 'P')
            ck_assert_uint_eq(hrm_layer_find(layer, own(&o)), HRM_NONE);
        if (o.category != 'H' && o.category != 'K') continue;
        if (hrm_layer_find(layer, own(&o)) == HRM_NONE) missing++;
        else found++;
    }
    (void)fclose(file);
    /* the data's README: six communities of Crimea are not drawn; the zone is in no codifier */
    ck_assert_uint_eq(missing, 6);
    ck_assert_uint_eq(found, 1766 + 2);
    ck_assert_uint_eq(hrm_layer_count(layer), found + 1);
    const size_t zone = hrm_layer_find(layer, "UA3200000");
    ck_assert_uint_ne(zone, HRM_NONE);
    ck_assert_uint_eq(hrm_layer_find(layer, "UA32000000010085013"), zone);     /* Prypiat */
    ck_assert_uint_eq(hrm_layer_find(layer, "UA32000000000030281"), HRM_NONE); /* Kyiv oblast */
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("codes", &the_whole_codifier, &the_codifier_finds_the_boundaries)
