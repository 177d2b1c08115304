/*
 * Units by their own numbers, the last five digits of a KATOTTG code. No two units have one number, so a code
 * that is not in the codifier, but ends in the number of a unit there, is no unit's code: one of its other
 * digits is wrong, or one of the number's.
 */
#include "base/sort.h"
#include "community/codifier.h"

static const char *number_of(const hrmi_unit *u) {
    return u->code + 2 + HRMI_CODE_DIGITS - HRMI_NUMBER_DIGITS;
}

static int compare_numbers(const void *a, const void *b, const void *user) {
    const hrmi_unit *const units = user;
    const size_t p = *(const size_t *)a;
    const size_t q = *(const size_t *)b;
    const int order = strcmp(number_of(&units[p]), number_of(&units[q]));
    return order != 0 ? order : (p > q) - (p < q);
}

hrm_status hrmi_codifier_sort_numbers(hrm_context *ctx, hrm_codifier *codifier) {
    codifier->numbered = hrmi_array_new(ctx, codifier->count, sizeof *codifier->numbered);
    if (codifier->numbered == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < codifier->count; i++) {
        if (strlen(codifier->units[i].code) < 2 + HRMI_CODE_DIGITS) continue;
        codifier->numbered[codifier->numbered_count++] = i;
        codifier->has_numbers[codifier->units[i].place] = true;
    }
    hrmi_sort(codifier->numbered, codifier->numbered_count, sizeof *codifier->numbered, compare_numbers,
              codifier->units);
    return HRM_OK;
}

static const hrmi_unit *numbered(const hrm_codifier *codifier, size_t i) {
    return &codifier->units[codifier->numbered[i]];
}

/* The first of the numbered units whose number is not before this one. */
static size_t first_of_number(const hrm_codifier *codifier, const char *number) {
    size_t low = 0;
    size_t high = codifier->numbered_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(number_of(numbered(codifier, middle)), number) < 0) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool lies_in(const hrmi_unit *u, const char *key) {
    hrmi_code code;
    hrmi_code_read(u->code, strlen(u->code), &code);
    return strcmp(code.key, key) == 0;
}

int32_t hrmi_codifier_check(const hrm_codifier *codifier, const hrmi_code *code) {
    const char *const number = code->digits + HRMI_CODE_DIGITS - HRMI_NUMBER_DIGITS;
    bool elsewhere = false;
    if (code->digit_count < HRMI_CODE_DIGITS || (code->mends & HRMI_MEND_ROUNDED) != 0) return HRMI_HELD;
    if (hrmi_codifier_find_code(codifier, code) != HRM_NONE) return HRMI_HELD;
    for (size_t i = first_of_number(codifier, number); i < codifier->numbered_count; i++) {
        if (strcmp(number_of(numbered(codifier, i)), number) != 0) break;
        if (lies_in(numbered(codifier, i), code->key)) return HRMI_NOT_HELD;
        elsewhere = true;
    }
    if (elsewhere) return HRMI_HELD_ELSEWHERE;
    return codifier->has_numbers[hrmi_codifier_place_digits(code)] ? HRMI_NOT_HELD : HRMI_HELD;
}
