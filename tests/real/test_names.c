/*
 * Names of the real tables: normal forms as tests/reference/name_forms.py has them, byte for byte; what the
 * normal form and the folding of Latin spellings make equal among all units of the codifier; the official
 * transliteration against the English names of COD-AB. Names against codes: test_confusion.c.
 */
#include "base/utf8.h"
#include "community/gazetteer_parts.h"
#include "harness/harness.h"

enum { LINE_SIZE = 1024, FIELDS = 128, UNITS = 40000 };

/* ---- reading ---- */

/* A file as one text. */
static char *read_file(const char *folder, const char *path) {
    char full[2 * LINE_SIZE];
    (void)snprintf(full, sizeof full, "%s/%s", folder, path);
    FILE *const file = fopen(full, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", full);
    (void)fseek(file, 0, SEEK_END);
    const long size = ftell(file);
    rewind(file);
    char *const text = malloc((size_t)size + 1);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(fread(text, 1, (size_t)size, file), (size_t)size);
    text[size] = '\0';
    (void)fclose(file);
    return text;
}

/* Cuts the next record of a CSV text into fields, in place; how many there are, 0 at the end. */
static size_t next_record(char **at, char separator, char *fields[FIELDS]) {
    size_t count = 0;
    char *in = *at;
    if (*in == '\0') return 0;
    for (bool more = true; more;) {
        char *out = in;
        const bool quoted = *in == '"';
        fields[count] = out;
        if (count + 1 < FIELDS) count++;
        if (quoted) in++;
        while (*in != '\0' && (quoted || (*in != separator && *in != '\n' && *in != '\r'))) {
            if (quoted && in[0] == '"') {
                if (in[1] != '"') break;
                in++;
            }
            *out++ = *in++;
        }
        if (quoted && *in == '"') in++;
        more = *in == separator;
        if (more) in++;
        else if (*in == '\r') in += 2;
        else if (*in == '\n') in++;
        *out = '\0';
    }
    *at = in;
    return count;
}

/* CRC-32 of ISO 3309, bit by bit. */
static uint32_t crc32(uint32_t crc, const char *bytes, size_t length) {
    crc = ~crc;
    for (size_t i = 0; i < length; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (UINT32_C(0xEDB88320) & (0U - (crc & 1U)));
    }
    return ~crc;
}

/* ---- normal forms ---- */

static void check_forms(const char *folder, const char *path, size_t field, size_t texts, uint32_t expected) {
    char *const file = read_file(folder, path);
    char *at = file;
    char *fields[FIELDS];
    char form[8192];
    uint32_t crc = 0;
    size_t count = 0;
    size_t headings = strstr(path, "economics") != NULL ? 3 : 1;
    const char separator = strstr(path, "kodifikator") != NULL ? ';' : ',';
    for (size_t n; (n = next_record(&at, separator, fields)) > 0;) {
        int32_t type = 0;
        if (headings > 0) {
            headings--;
            continue;
        }
        if (n <= field) continue;
        const size_t needed = hrm_name_normal(fields[field], form, sizeof form - 4, &type);
        ck_assert_uint_lt(needed, sizeof form - 4);
        (void)snprintf(form + needed - 1, 4, "|%d\n", (int)type);
        crc = crc32(crc, form, strlen(form));
        count++;
    }
    free(file);
    ck_assert_msg(count == texts && crc == expected, "%s, field %zu: %zu texts, %08x", path, field, count,
                  (unsigned)crc);
}

START_TEST(normal_forms) {
    const char *const folder = hrmt_real_data("normal forms of the real names");
    char line[LINE_SIZE];
    char path[LINE_SIZE];
    size_t field, texts, files = 0;
    unsigned crc;
    if (folder == NULL) return;
    FILE *const list = fopen(HRMT_SOURCE_DIR "/tests/real/names.txt", "r");
    ck_assert_ptr_nonnull(list);
    while (fgets(line, sizeof line, list) != NULL) {
        if (sscanf(line, "forms %1000s %zu %zu %x", path, &field, &texts, &crc) != 4) continue;
        check_forms(folder, path, field, texts, crc);
        files++;
    }
    (void)fclose(list);
    ck_assert_uint_eq(files, 14);
}
END_TEST

/* ---- what becomes equal ---- */

typedef struct named {
    const char *code, *name;
    char form[HRMI_FORM_BYTES + 1];  /* letters of the normal form */
    char latin[HRMI_FORM_BYTES + 1]; /* the folded transliteration */
} named;

static int by_form(const void *a, const void *b) {
    return strcmp(((const named *)a)->form, ((const named *)b)->form);
}

static int by_latin(const void *a, const void *b) {
    return strcmp(((const named *)a)->latin, ((const named *)b)->latin);
}

/* Letters of a name as it stands: small ones, without apostrophes, hyphens and blanks. */
static void letters_of(const char *name, char *out, size_t size) {
    hrmi_name words;
    char *at = out;
    ck_assert(hrmi_name_read(name, strlen(name), &words));
    for (size_t i = 0; i < words.count; i++)
        at = hrmi_word_write(&words, &words.words[i], '\0', at, out + size - 1);
    *at = '\0';
}

static void take(named *out, const char *code, const char *name) {
    char normal[512];
    hrmi_name words;
    char plain[HRMI_FORM_BYTES];
    out->code = code;
    out->name = name;
    ck_assert_uint_lt(hrm_name_normal(name, normal, sizeof normal, NULL), sizeof normal);
    letters_of(normal, out->form, sizeof out->form);
    ck_assert_str_ne(out->form, "");
    /* words of kind are taken from no real name */
    letters_of(name, plain, sizeof plain);
    ck_assert_msg(strcmp(plain, out->form) == 0, "%s %s: %s", code, name, out->form);
    ck_assert(hrmi_name_read(name, strlen(name), &words));
    const size_t length = hrmi_form_in_latin(out->form, strlen(out->form), out->latin);
    out->latin[length] = '\0';
}

static bool same_name(const char *a, const char *b) {
    const size_t length = hrmi_utf8_trim(&a, strlen(a));
    return hrmi_utf8_trim(&b, strlen(b)) == length && memcmp(a, b, length) == 0;
}

/* How many pairs of units of one raion have forms that are equal, and names that are not. */
static size_t count_merged(named *list, size_t count, int (*order)(const void *a, const void *b)) {
    size_t merged = 0;
    qsort(list, count, sizeof *list, order);
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count && order(&list[i], &list[k]) == 0; k++)
            merged += strncmp(list[i].code, list[k].code, 6) == 0 && !same_name(list[i].name, list[k].name);
    return merged;
}

START_TEST(names_that_become_equal) {
    const char *const folder = hrmt_real_data("what normal forms make equal");
    size_t count = 0;
    size_t communities = 0;
    char *fields[FIELDS];
    if (folder == NULL) return;
    char *const file = read_file(folder, "codes/kodifikator-16-05-2025.csv");
    char *at = file;
    named *const all = calloc(UNITS, sizeof *all);
    named *const some = calloc(UNITS, sizeof *some);
    ck_assert_ptr_nonnull(all);
    ck_assert_ptr_nonnull(some);
    ck_assert_uint_eq(next_record(&at, ';', fields), 7);
    while (next_record(&at, ';', fields) == 7) {
        size_t own = 4;
        while (own > 0 && fields[own][0] == '\0') own--;
        take(&all[count], fields[own], fields[6]);
        if (fields[5][0] == 'H') some[communities++] = all[count];
        count++;
    }
    ck_assert_uint_eq(count, 31748);
    ck_assert_uint_eq(communities, 1772);
    /* names that differ by apostrophes, hyphens or case alone are nowhere in one raion */
    ck_assert_uint_eq(count_merged(all, count, by_form), 0);
    /* Андріївська and Андрівська of Berdianskyi raion alone are folded to one text: the exact Latin tells
     * them apart */
    ck_assert_uint_eq(count_merged(some, communities, by_latin), 1);
    free(all);
    free(some);
    free(file);
}
END_TEST

/* ---- the official transliteration ---- */

START_TEST(english_names_of_the_boundaries) {
    const char *const folder = hrmt_real_data("the transliteration of all communities");
    char line[LINE_SIZE];
    size_t expected_names = 0, expected = 0, equal = 0;
    hrm_source source;
    hrm_layer_options options;
    hrm_layer *layer = NULL;
    if (folder == NULL) return;
    FILE *const list = fopen(HRMT_SOURCE_DIR "/tests/real/names.txt", "r");
    ck_assert_ptr_nonnull(list);
    while (fgets(line, sizeof line, list) != NULL)
        (void)sscanf(line, "latin %zu %zu", &expected_names, &expected);
    (void)fclose(list);
    hrm_context *const ctx = hrmt_context();
    (void)snprintf(line, sizeof line, "%s/boundaries/Hromadas.geojson", folder);
    hrm_source_init(&source, sizeof source);
    source.path = line;
    hrm_layer_options_init(&options, sizeof options);
    options.name_uk = "ADM3_UA";
    options.name_en = "ADM3_EN";
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, &options, &layer));
    ck_assert_uint_eq(hrm_layer_count(layer), expected_names);
    for (size_t i = 0; i < hrm_layer_count(layer); i++) {
        char latin[512];
        (void)hrm_name_latin(hrm_layer_name(layer, i, HRM_UK), latin, sizeof latin);
        if (strcmp(latin, hrm_layer_name(layer, i, HRM_EN)) == 0) equal++;
        else ck_assert_str_eq(hrm_layer_key(layer, i), "3200000"); /* Chornobyl Exclusion Zone, translated */
    }
    ck_assert_uint_eq(equal, expected);
    ck_assert_uint_eq(equal, 1768);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("names", &normal_forms, &names_that_become_equal, &english_names_of_the_boundaries)
