/*
 * The remarks of a join's page: those of the library on the table as a whole, and how its columns were taken.
 * See join.h.
 */
#include <stdio.h>

#include "join_page.h"

/* The heading before the first remark, and the dash before each. */
static void begin_note(const join_run *r, size_t *count) {
    if ((*count)++ == 0) printf("\n%s:\n", join_say(r, SAY_NOTES));
    printf("  - ");
}

static bool is_column(const join_run *r, const char *heading) {
    for (size_t i = 0; i < r->column_count; i++)
        if (r->cells[i] == heading) return true;
    return false;
}

/* Fields with numbers in them that were not taken for numbers. Where all are numbers they are codes. */
static void print_texts(const join_run *r, size_t *count) {
    if (join_options[COLUMN].count > 0) return;
    for (size_t i = 0; i < hrm_fields_count(r->fields); i++) {
        hrm_field_info field = {.struct_size = (uint32_t)sizeof field};
        char text[512];
        (void)hrm_fields_field(r->fields, i, &field);
        const bool some = 10 * field.numbers >= field.filled && field.numbers < field.filled;
        if (field.is_number != 0 || !some || 2 * field.codes >= field.filled || join_is_key(r, i)) continue;
        const bool kept = is_column(r, field.name);
        if (r->language == HRM_UK)
            (void)snprintf(text, sizeof text, "«%.120s» %s: чисел серед заповнених комірок — %zu із %zu",
                           field.name, kept ? "лишається текстом" : "не взято", field.numbers, field.filled);
        else
            (void)snprintf(text, sizeof text, "\"%.120s\" is %s: %zu of its %zu filled cells are numbers",
                           field.name, kept ? "kept as text" : "left out", field.numbers, field.filled);
        begin_note(r, count);
        program_print_wrapped(text, 4, 4);
    }
}

static void print_percents(const join_run *r, size_t *count) {
    for (size_t i = 0; i < hrm_join_report_amount_count(r->report); i++) {
        hrm_join_amount amount = {.struct_size = (uint32_t)sizeof amount};
        char text[512];
        (void)hrm_join_report_amount(r->report, i, &amount);
        if (amount.percent_signs == 0) continue;
        if (r->language == HRM_UK)
            (void)snprintf(text, sizeof text,
                           "«%.120s»: знак %% мають %zu із %zu чисел; 12 %% читається як 12", amount.id,
                           amount.percent_signs, amount.numbers);
        else
            (void)snprintf(text, sizeof text,
                           "\"%.120s\": %zu of %zu numbers have a %% sign; 12 %% is read as 12", amount.id,
                           amount.percent_signs, amount.numbers);
        begin_note(r, count);
        program_print_wrapped(text, 4, 4);
    }
}

/* The list of cells may be cut; this says how much a column lacks. */
static void print_unusable(const join_run *r, size_t *count) {
    for (size_t i = 0; i < hrm_join_report_amount_count(r->report); i++) {
        hrm_join_amount amount = {.struct_size = (uint32_t)sizeof amount};
        char text[512];
        (void)hrm_join_report_amount(r->report, i, &amount);
        if (amount.unusable == 0) continue;
        const size_t filled = amount.numbers + amount.unusable;
        if (r->language == HRM_UK)
            (void)snprintf(text, sizeof text, "«%.120s»: не є певними числами %zu із %zu заповнених комірок",
                           amount.id, amount.unusable, filled);
        else
            (void)snprintf(text, sizeof text,
                           "\"%.120s\": %zu of its %zu filled cells are no certain numbers", amount.id,
                           amount.unusable, filled);
        begin_note(r, count);
        program_print_wrapped(text, 4, 4);
    }
}

void join_print_notes(const join_run *r) {
    size_t count = 0;
    for (size_t i = 0; i < hrm_join_report_note_count(r->report); i++) {
        begin_note(r, &count);
        program_print_wrapped(hrm_join_report_note(r->report, i), 4, 4);
    }
    print_texts(r, &count);
    print_unusable(r, &count);
    print_percents(r, &count);
}
