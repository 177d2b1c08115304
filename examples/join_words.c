/* The texts of hromada-join's page: see join.h. */
#include <stdio.h>
#include <string.h>

#include "join_page.h"

/* In Ukrainian and English: HRM_UK and HRM_EN are their places. */
static const char *const words[SAY_COUNT][2] = {
    [SAY_JOINED] = {"Об'єднано", "Joined"},
    [SAY_NOT_JOINED] = {"Не об'єднано", "Not joined"},
    [SAY_KEPT_OUT] = {"Не дані громад", "Kept out"},
    [SAY_OF_THEM] = {"із", "of"},
    [SAY_UNMATCHED_ROWS] = {"Рядки, які не об'єдналися", "Rows that were not joined"},
    [SAY_DUPLICATE_ROWS] = {"Кілька рядків на одну громаду", "Several rows for one community"},
    [SAY_KEPT_OUT_ROWS] = {"Рядки, які не є даними громад", "Rows that are no community's"},
    [SAY_CELLS] = {"Комірки, які не прочиталися", "Cells that could not be used"},
    [SAY_WITHOUT_ROW] = {"Громади без жодного рядка", "Communities without a row"},
    [SAY_ROW] = {"рядок", "row"},
    [SAY_NOTHING] = {"(порожньо)", "(nothing)"},
    [SAY_AMOUNTS] = {"Суми", "Amounts"},
    [SAY_COLUMN] = {"стовпець", "column"},
    [SAY_TOTAL] = {"у таблиці", "in the table"},
    [SAY_ALLOCATED] = {"об'єднано", "joined"},
    [SAY_UNALLOCATED] = {"не об'єднано", "not joined"},
    [SAY_ALL_ALLOCATED] = {"Числа об'єдналися повністю; таких стовпців:",
                           "Columns whose numbers were all joined:"},
    [SAY_NOTES] = {"Зауваження", "Notes"},
    [SAY_AND_MORE] = {"та ще", "and"},
    [SAY_AMBIGUOUS_PLACES] = {"із них точка лежить у кількох громадах (взято першу)",
                              "of which the point lies in several communities (the first was taken)"},
    [SAY_TWICE] = {"інший рядок тієї ж громади", "another row of the same community"},
    [SAY_NOTHING_WRITTEN] = {"Нічого не об'єднано й не записано", "Nothing was joined or written"},
    [SAY_DECIDE] = {"Кілька рядків на одну громаду: див. --duplicates, а для різних років --period",
                    "Several rows are of one community: see --duplicates, and --period for years"},
    [SAY_LABELS] = {"Не додано, бо це роки або коди", "Not added up, as they are years or codes"}};

const char *join_say(const join_run *r, int word) {
    return words[word][r->language];
}

const char *join_things(const join_run *r, int things, size_t count) {
    /* one; two to four; five and more: in English the latter two are the same */
    static const char *const forms[][2][3] = {
        [THINGS_ROWS] = {{"рядок", "рядки", "рядків"}, {"row", "rows", "rows"}},
        [THINGS_COMMUNITIES] = {{"громада", "громади", "громад"},
                                {"community", "communities", "communities"}}};
    const char *const *const f = forms[things][r->language];
    if (r->language == HRM_EN) return f[count == 1 ? 0 : 2];
    if (count % 100 / 10 == 1 || count % 10 == 0 || count % 10 > 4) return f[2];
    return f[count % 10 == 1 ? 0 : 1];
}

const char *join_reason(const join_run *r, int32_t reason) {
    if (r->joined != HRM_OK && reason == HRM_REASON_OTHER_ROW_KEPT) return join_say(r, SAY_TWICE);
    return hrm_match_reason_name(reason, r->language);
}

const char *join_count(size_t count, char text[NUMBER]) {
    program_number(text, NUMBER, (double)count);
    return text;
}

void join_add_text(char *out, size_t size, const char *separator, const char *text) {
    const size_t length = strlen(out);
    size_t end = text != NULL ? strlen(text) : 0;
    while (end > 0 && text[end - 1] == ' ') end--;
    if (end > 0)
        (void)snprintf(out + length, size - length, "%s%.*s", length > 0 ? separator : "", (int)end, text);
}

const char *join_shorten(const char *text, size_t width, char *out, size_t size) {
    size_t end = 0;
    size_t places = 0;
    if (program_text_width(text) <= width) return text;
    while (text[end] != '\0' && end + 8 < size) { /* whole characters */
        size_t next = end + 1;
        while (((unsigned char)text[next] & 0xC0) == 0x80) next++;
        if (++places == width) break;
        end = next;
    }
    (void)snprintf(out, size, "%.*s…", (int)end, text);
    return out;
}
