/* Questions to a codifier. */
#include "community/codifier.h"

void hrm_codifier_input_init(hrm_codifier_input *input, size_t struct_size) {
    const hrm_codifier_input defaults = {.struct_size = sizeof defaults};
    hrmi_init_struct(input, struct_size, &defaults, sizeof defaults);
}

void hrm_codifier_free(hrm_codifier *codifier) {
    if (codifier == NULL) return;
    const hrm_allocator allocator = codifier->allocator;
    hrmi_arena_free(&codifier->texts);
    hrmi_index_free(&codifier->places);
    hrmi_index_free(&codifier->old);
    hrmi_release(&allocator, codifier->units);
    hrmi_release(&allocator, codifier->child_start);
    hrmi_release(&allocator, codifier->children);
    hrmi_release(&allocator, codifier->numbered);
    hrmi_release(&allocator, codifier);
}

size_t hrm_codifier_count(const hrm_codifier *codifier) {
    return codifier->count;
}

bool hrm_codifier_unit_info(const hrm_codifier *codifier, size_t i, hrm_codifier_unit *out) {
    if (i >= codifier->count) return false;
    const hrmi_unit *const u = &codifier->units[i];
    const hrm_codifier_unit unit = {.struct_size = sizeof unit,
                                    .category = u->category,
                                    .type = u->type,
                                    .parent = u->parent,
                                    .community = u->community,
                                    .centre = u->centre,
                                    .code = u->code,
                                    .name_uk = u->name_uk,
                                    .name_en = u->name_en,
                                    .valid_from = u->valid_from,
                                    .valid_to = u->valid_to,
                                    .successor =
                                        u->successor == HRM_NONE ? "" : codifier->units[u->successor].code};
    return hrmi_give_struct(out, &unit, sizeof unit);
}

/* ---- finding ---- */

/* Whether a holds longer than b: an end that is not known is the latest. */
static bool holds_later(const hrmi_unit *a, const hrmi_unit *b) {
    if (b->valid_to[0] == '\0') return false;
    return a->valid_to[0] == '\0' || strcmp(a->valid_to, b->valid_to) > 0;
}

/* Kyiv and Sevastopol are one unit at all levels, unless the source has them at several. */
static bool is_special_city(const char *digits, size_t count) {
    if (digits[0] != '8' || (digits[1] != '0' && digits[1] != '5')) return false;
    for (size_t i = 2; i < count; i++)
        if (digits[i] != '0') return false;
    return true;
}

size_t hrmi_codifier_place(const hrm_codifier *codifier, const char *digits, size_t count) {
    size_t best = hrmi_index_find(&codifier->places, digits, count);
    if (best == HRM_NONE && is_special_city(digits, count))
        best = hrmi_index_find(&codifier->places, digits, 2);
    if (best == HRM_NONE) return HRM_NONE;
    for (size_t u = codifier->units[best].alike; u != HRM_NONE; u = codifier->units[u].alike)
        if (holds_later(&codifier->units[u], &codifier->units[best])) best = u;
    return best;
}

/* Whether a whole code of a unit's place is the unit's. One that was a number may have lost its end: a
 * spreadsheet's fifteen digits leave out the last two, and a double next to a number of 17 digits is up to 8
 * away. */
static bool may_be_code_of(const hrmi_code *code, const hrmi_unit *u) {
    const char *const own = u->code + 2;
    long difference = 0;
    if ((code->mends & HRMI_MEND_PREFIX) == 0) return false;
    if ((code->mends & HRMI_MEND_ROUNDED) != 0) return true;
    for (size_t i = HRMI_CODE_DIGITS - 5; i < HRMI_CODE_DIGITS; i++)
        difference = difference * 10 + own[i] - code->digits[i];
    return difference >= -8 && difference <= 8;
}

size_t hrmi_codifier_place_digits(const hrmi_code *code) {
    const char *const digits = code->digits;
    if (code->digit_count < HRMI_CODE_DIGITS) return code->digit_count;
    if (memcmp(digits + 10, "00", 2) != 0) return 12;
    if (memcmp(digits + 7, "000", 3) != 0) return 10;
    if (memcmp(digits + 4, "000", 3) != 0) return 7;
    return memcmp(digits + 2, "00", 2) != 0 ? 4 : 2;
}

size_t hrmi_codifier_find_code(const hrm_codifier *codifier, const hrmi_code *code) {
    const bool known =
        code->kind == HRMI_CODE_COMMUNITY || code->kind == HRMI_CODE_OBLAST || code->kind == HRMI_CODE_RAION;
    if (!known) return HRM_NONE;
    if (code->digit_count < HRMI_CODE_DIGITS)
        return hrmi_codifier_place(codifier, code->digits, code->digit_count);
    const size_t count = hrmi_codifier_place_digits(code);
    size_t near = HRM_NONE;
    size_t u = hrmi_index_find(&codifier->places, code->digits, count);
    for (; u != HRM_NONE; u = codifier->units[u].alike) {
        const char *const own = codifier->units[u].code + 2;
        if (strcmp(own, code->digits) == 0) return u;
        /* a P-code has no number of its own to differ in */
        if (strlen(own) < HRMI_CODE_DIGITS || may_be_code_of(code, &codifier->units[u])) near = u;
    }
    return near;
}

size_t hrm_codifier_find(const hrm_codifier *codifier, const char *text) {
    hrmi_code code;
    if (text == NULL) return HRM_NONE;
    hrmi_code_read(text, strlen(text), &code);
    return hrmi_codifier_find_code(codifier, &code);
}

size_t hrm_codifier_find_old(const hrm_codifier *codifier, const char *old_code) {
    char form[HRMI_CODE_FORM_SIZE];
    bool is_number = false;
    if (old_code == NULL) return HRM_NONE;
    const size_t length = hrmi_code_form(old_code, strlen(old_code), form, &is_number);
    const size_t unit = length == 0 ? HRM_NONE : hrmi_index_find(&codifier->old, form, length);
    return unit == HRMI_SEVERAL ? HRM_NONE : unit;
}

const hrmi_former_name *hrmi_codifier_former_names(const hrm_codifier *codifier, size_t unit) {
    return unit < codifier->count ? codifier->units[unit].former : NULL;
}

/* ---- what lies in a unit ---- */

size_t hrm_codifier_child_count(const hrm_codifier *codifier, size_t unit) {
    return unit < codifier->count ? codifier->child_start[unit + 1] - codifier->child_start[unit] : 0;
}

size_t hrm_codifier_child(const hrm_codifier *codifier, size_t unit, size_t k) {
    if (k >= hrm_codifier_child_count(codifier, unit)) return HRM_NONE;
    return codifier->children[codifier->child_start[unit] + k];
}

/* ---- in time ---- */

bool hrmi_codifier_is_day(const char *text) {
    static const char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-') return false;
    for (size_t i = 0; i < 10; i++)
        if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9')) return false;
    const int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
    const int month = (text[5] - '0') * 10 + text[6] - '0';
    const int day = (text[8] - '0') * 10 + text[9] - '0';
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (month < 1 || month > 12 || day < 1 || day > days[month - 1]) return false;
    return month != 2 || day < 29 || leap;
}

static bool holds_on(const hrmi_unit *u, const char *day) {
    return strcmp(u->valid_from, day) <= 0 && (u->valid_to[0] == '\0' || strcmp(day, u->valid_to) < 0);
}

size_t hrm_codifier_follow(const hrm_codifier *codifier, size_t unit, const char *date) {
    size_t found = HRM_NONE;
    if (unit >= codifier->count || (date != NULL && !hrmi_codifier_is_day(date))) return HRM_NONE;
    if (date != NULL && holds_on(&codifier->units[unit], date)) return unit;
    for (size_t steps = 0; steps < codifier->count; steps++) { /* more steps would be a circle */
        const hrmi_unit *const u = &codifier->units[unit];
        if (date != NULL && holds_on(u, date)) found = unit;
        if (u->successor == HRM_NONE) return date == NULL ? unit : found;
        unit = u->successor;
    }
    return HRM_NONE;
}
