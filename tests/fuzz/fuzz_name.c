/*
 * Names of any bytes. A normal form is well-formed text without marks and double blanks, and its own normal
 * form unless words of kind were all there was; the transliteration is well-formed; the bytes needed are told
 * alike with and without room; what is found lies where it is said to lie, and is found again.
 *
 * The first byte shares the rest out: a name alone, or oblast, raion, name, type and code between line ends.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "hromada/hromada.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so) {
    if (!so) abort();
}

enum { LONGEST = 4096, UNITS = 12 };

static void check_normal(const char *text) {
    char once[8 * LONGEST];
    char twice[8 * LONGEST];
    int32_t type = -1;
    const size_t needed = hrm_name_normal(text, once, sizeof once, &type);
    must(needed == strlen(once) + 1 && needed == hrm_name_normal(text, NULL, 0, NULL));
    must(type >= HRM_TYPE_UNKNOWN && type <= HRM_TYPE_VILLAGE);
    must(hrmi_utf8_first_invalid(once, needed - 1) == needed - 1);
    must(strstr(once, "  ") == NULL && strpbrk(once, "'-,.()\"") == NULL);
    must(needed == 1 || (once[0] != ' ' && once[needed - 2] != ' '));
    must(hrm_name_normal(once, twice, sizeof twice, NULL) <= sizeof twice);
}

static void check_latin(const char *text) {
    char latin[8 * LONGEST];
    const size_t needed = hrm_name_latin(text, latin, sizeof latin);
    must(needed == strlen(latin) + 1 && needed == hrm_name_latin(text, NULL, 0));
    if (hrmi_utf8_first_invalid(text, strlen(text)) == strlen(text))
        must(hrmi_utf8_first_invalid(latin, needed - 1) == needed - 1);
}

static hrm_gazetteer *make_gazetteer(hrm_codifier **codifier) {
    static const char *const codes[UNITS] = {
        "UA05000000000000001", "UA05020000000000002", "UA05020010000000003", "UA05020010010000004",
        "UA05020030000000005", "UA05020030010000006", "UA59000000000000007", "UA59020000000000008",
        "UA59020010000000009", "UA59020010010000010", "UA59020030000000011", "UA80000000000000012"};
    static const char *const names[UNITS] = {
        "Вінницька", "Вінницький", "Вінницька",    "Вінниця",    "Тростянецька",           "Тростянець",
        "Сумська",   "Охтирський", "Тростянецька", "Тростянець", "Кам’янсько-Дніпровська", "Київ"};
    static const char *const categories[UNITS] = {"O", "P", "H", "M", "H", "X", "O", "P", "H", "M", "H", "K"};
    hrm_codifier_input in;
    hrm_gazetteer_options options;
    hrm_gazetteer *g = NULL;
    hrm_context *ctx = NULL;
    must(hrm_context_new(NULL, &ctx) == HRM_OK);
    hrm_codifier_input_init(&in, sizeof in);
    in.count = UNITS;
    in.codes = codes;
    in.names_uk = names;
    in.categories = categories;
    must(hrm_codifier_new(ctx, &in, codifier) == HRM_OK);
    hrm_gazetteer_options_init(&options, sizeof options);
    options.codifier = *codifier;
    must(hrm_gazetteer_new(ctx, NULL, &options, &g) == HRM_OK);
    hrm_context_free(ctx);
    return g;
}

static void check_find(const hrm_gazetteer *g, const hrm_codifier *codifier, const hrm_place_words *words) {
    hrm_match match = {.struct_size = sizeof match};
    hrm_match again = {.struct_size = sizeof again};
    hrm_suggestion near[3];
    hrm_codifier_unit unit = {.struct_size = sizeof unit};
    must(hrm_gazetteer_find(g, words, &match));
    must((match.way == HRM_MATCH_NONE) == (match.row == HRM_NONE));
    must((match.way == HRM_MATCH_NONE) == (match.reason != HRM_REASON_NONE));
    must(match.way >= 0 && match.way < HRM_MATCH_WAYS && match.reason >= 0 && match.reason < HRM_REASONS);
    for (size_t i = 0; i < 3; i++) near[i].struct_size = sizeof near[i];
    const size_t count = hrm_gazetteer_suggest(g, words, near, 3);
    must(count <= 3);
    for (size_t i = 0; i < count; i++)
        must(near[i].row < UNITS && (i == 0 || near[i - 1].distance <= near[i].distance));
    if (match.row == HRM_NONE) return;
    /* by its code, too */
    must(hrm_codifier_unit_info(codifier, match.row, &unit));
    const hrm_place_words code = {.struct_size = sizeof code, .code = unit.code};
    must(hrm_gazetteer_find(g, &code, &again) && again.row == match.row);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char text[LONGEST];
    const char *fields[5] = {"", "", "", "", ""};
    static hrm_codifier *codifier; /* made once: it takes longer than all the rest */
    static hrm_gazetteer *g;
    if (size < 1 || size > sizeof text) return 0;
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    check_normal(text);
    check_latin(text);
    if ((data[0] & 1) != 0) {
        char *at = text;
        for (size_t i = 0; i < 5 && at != NULL; i++) {
            fields[i] = at;
            at = strchr(at, '\n');
            if (at != NULL) *at++ = '\0';
        }
    } else fields[2] = text;
    if (g == NULL) g = make_gazetteer(&codifier);
    const hrm_place_words words = {.struct_size = sizeof words,
                                   .oblast = fields[0],
                                   .raion = fields[1],
                                   .name = fields[2],
                                   .type = fields[3],
                                   .code = fields[4]};
    check_find(g, codifier, &words);
    return 0;
}
