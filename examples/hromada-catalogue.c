/*
 * hromada-catalogue: the indicators that the library knows, to read or as JSON.
 *
 *     hromada-catalogue --theme investment
 *     hromada-catalogue --language uk investment_per_person
 *     hromada-catalogue --json > catalogue.json
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

enum { WIDTH = 100, INDENT = 2, MOST = 1000 };

/* Texts in Ukrainian and English: HRM_UK and HRM_EN are their places. */
enum { UNIT, DIRECTION, FORMULA, INPUTS, PARAMETERS, ROLLUP, MISSING, SOURCE };
static const char *const labels[][2] = {{"одиниця", "unit"},         {"напрям", "direction"},
                                        {"формула", "formula"},      {"вхідні дані", "inputs"},
                                        {"параметри", "parameters"}, {"райони, області", "raions, oblasts"},
                                        {"пропуски", "missing"},     {"джерело", "source"}};
static const char *const directions[][2] = {{"не визначено", "neutral"},
                                            {"більше — краще", "higher is better"},
                                            {"більше — гірше", "higher is worse"}};
static const char *const rules[][2] = {{"не обчислюється", "none"},
                                       {"сума", "sum"},
                                       {"найменше", "least"},
                                       {"найбільше", "largest"},
                                       {"середнє, зважене за", "mean weighted by"},
                                       {"перерахунок із сум", "recomputed from summed parts"}};

/* How many characters a text has: bytes that do not continue one. */
static int width_of(const char *text) {
    int width = 0;
    for (; *text != '\0'; text++) width += ((unsigned char)*text & 0xC0) != 0x80;
    return width;
}

/* A label, and beside it the lines of a text, broken at blanks where they are too long. Nothing for "". */
static void print_field(int field, int language, const char *text) {
    const char *const label = labels[field][language];
    const int left = INDENT + width_of(labels[ROLLUP][language]) + 2; /* the longest label */
    int column = left;
    if (text[0] == '\0') return;
    printf("%*s%s%*s", INDENT, "", label, left - INDENT - width_of(label), "");
    while (*text != '\0') {
        char word[256];
        const size_t length = strcspn(text, " \n");
        (void)snprintf(word, sizeof word, "%.*s", (int)length, text);
        if (column > left && column + 1 + width_of(word) > WIDTH) {
            printf("\n%*s", left, "");
            column = left;
        }
        column += printf("%s", column > left ? " " : "") + width_of(word);
        (void)fputs(word, stdout);
        text += length;
        if (*text == '\n') {
            printf("\n%*s", left, "");
            column = left;
        }
        if (*text != '\0') text++;
    }
    (void)putchar('\n');
}

static void print_indicator(const hrm_indicator *i, int language) {
    char rule[128];
    (void)snprintf(rule, sizeof rule, "%s%s%s", rules[i->rollup][language], i->weight[0] != '\0' ? " " : "",
                   i->weight);
    printf("%s  %s  %s\n%s\n", i->id, i->code, i->theme, language == HRM_UK ? i->title_uk : i->title_en);
    print_field(UNIT, language, i->unit);
    print_field(DIRECTION, language, directions[i->direction][language]);
    print_field(FORMULA, language, i->formula);
    print_field(INPUTS, language, i->inputs);
    print_field(PARAMETERS, language, i->parameters);
    print_field(ROLLUP, language, rule);
    print_field(MISSING, language, i->missing_rule);
    print_field(SOURCE, language, i->source);
}

static hrm_status print_json(program *self, const hrm_indicator *list, size_t count) {
    size_t size = 0;
    char *text = NULL;
    hrm_status status = hrm_indicators_json(self->ctx, list, count, NULL, 0, &size);
    if (status != HRM_OK) return status;
    text = malloc(size);
    if (text == NULL) return HRM_ERROR_MEMORY;
    status = hrm_indicators_json(self->ctx, list, count, text, size, &size);
    if (status == HRM_OK) (void)fputs(text, stdout);
    free(text);
    return status;
}

static int wrong_usage(program *self, const char *what, const char *word, const char *advice) {
    (void)fprintf(stderr, "%s: %s \"%s\"", self->name, what, word);
    if (advice != NULL) (void)fprintf(stderr, "; did you mean \"%s\"?", advice);
    (void)fputc('\n', stderr);
    (void)program_end(self, HRM_OK);
    return PROGRAM_USAGE;
}

/* Whether an indicator was asked for: by its theme, by its id or code, or all. */
static bool is_wanted(const program *self, const hrm_indicator *indicator, const char *theme) {
    if (theme != NULL && strcmp(theme, indicator->theme) != 0) return false;
    for (size_t i = 0; i < self->operand_count; i++)
        if (strcmp(self->operands[i], indicator->id) == 0 || strcmp(self->operands[i], indicator->code) == 0)
            return true;
    return self->operand_count == 0;
}

int main(int argc, char **argv) {
    enum { JSON, THEME, LANGUAGE };
    static program_option options[] = {
        {.name = "json", .help = "print JSON"},
        {.name = "theme", .letter = 't', .argument = "THEME", .help = "only indicators of a theme"},
        {.name = "language", .letter = 'l', .argument = "uk|en", .help = "titles in Ukrainian or English"}};
    static program self = {.name = "hromada-catalogue",
                           .arguments = "[ID]...",
                           .about =
                               "The indicators that the library knows: their formulas, inputs and sources.",
                           .options = options,
                           .option_count = 3,
                           .most = PROGRAM_MOST_OPERANDS};
    static hrm_indicator list[MOST];
    size_t count = 0;
    int code = PROGRAM_DONE;
    if (!program_start(&self, argc, argv, &code)) return code;
    const char *const theme = options[THEME].value;
    const char *const language = options[LANGUAGE].value != NULL ? options[LANGUAGE].value : "en";
    if (strcmp(language, "uk") != 0 && strcmp(language, "en") != 0)
        return wrong_usage(&self, "--language wants uk or en, not", language, NULL);
    for (size_t i = 0; i < self.operand_count; i++)
        if (hrm_catalogue_find(self.operands[i]) == HRM_NONE)
            return wrong_usage(&self, "there is no indicator", self.operands[i],
                               hrm_catalogue_nearest(self.operands[i]));
    for (size_t i = 0; i < hrm_catalogue_count() && count < MOST; i++) {
        hrm_indicator_init(&list[count], sizeof *list);
        if (hrm_catalogue_indicator(i, &list[count]) && is_wanted(&self, &list[count], theme)) count++;
    }
    if (count == 0) return wrong_usage(&self, "none of these indicators has the theme", theme, NULL);
    if (options[JSON].value != NULL) return program_end(&self, print_json(&self, list, count));
    for (size_t i = 0; i < count; i++) {
        if (i > 0) (void)putchar('\n');
        print_indicator(&list[i], strcmp(language, "uk") == 0 ? HRM_UK : HRM_EN);
    }
    return program_end(&self, HRM_OK);
}
