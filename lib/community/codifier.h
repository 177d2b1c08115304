/*
 * The codifier as the rest of the library sees it, beside the public questions; and what codifier_build.c
 * puts together and codifier.c answers from.
 */
#ifndef HRMI_CODIFIER_H
#define HRMI_CODIFIER_H

#include "base/arena.h"
#include "base/index.h"
#include "community/code.h"
#include "hromada/codifier.h"

/* A former name of a unit. */
typedef struct hrmi_former_name {
    const char *name;
    struct hrmi_former_name *next;
} hrmi_former_name;

/* A unit. Its place is the digits of its code down to its own level: 2 of an oblast, 4 of a raion, 7 of a
 * community, 10 of a settlement, 12 of a city's district. */
typedef struct hrmi_unit {
    const char *code; /* "UA" and digits, without blanks */
    const char *name_uk, *name_en;
    const char *valid_from, *valid_to;
    hrmi_former_name *former; /* the newest first */
    size_t parent, community, centre, successor;
    size_t alike;  /* the next unit of the same place and another number of its own, or HRM_NONE */
    uint8_t place; /* how many digits its place has */
    uint8_t category, type;
    bool has_category; /* the source says it */
} hrmi_unit;

struct hrm_codifier {
    hrm_allocator allocator;
    hrmi_arena texts;
    hrmi_index places; /* digits of a place → the first unit that has it */
    hrmi_index old;    /* former code → unit, or HRMI_SEVERAL */
    hrmi_unit *units;
    size_t count, capacity;
    size_t *child_start; /* count + 1 */
    size_t *children;    /* by parent, in the codifier's order */
    size_t *numbered;    /* units of whole codes, by their own numbers (the last five digits) */
    size_t numbered_count;
    bool has_numbers[13]; /* there are whole codes of places of so many digits */
};

#define HRMI_SEVERAL (SIZE_MAX - 1) /* a former code that several units had */

/* The unit of a place, 2, 4, 7, 10 or 12 digits: of several the one that holds latest. HRM_NONE for none. */
size_t hrmi_codifier_place(const hrm_codifier *codifier, const char *digits, size_t count);

/* How many digits name the place of a code: of a whole one those down to the last group that is not 0. */
size_t hrmi_codifier_place_digits(const hrmi_code *code);

/* The unit of a code that was read. */
size_t hrmi_codifier_find_code(const hrm_codifier *codifier, const hrmi_code *code);

/* What a codifier says of the code of a community, or of what lies in one. */
enum {
    HRMI_HELD = 0,          /* it has the unit; or it cannot say: of P-codes, rounded ones, levels it lacks */
    HRMI_NOT_HELD = 1,      /* it does not: the unit is newer or older, or its place is wrong */
    HRMI_HELD_ELSEWHERE = 2 /* it does not, and has the number at the end outside the community */
};
int32_t hrmi_codifier_check(const hrm_codifier *codifier, const hrmi_code *code);

/* Puts the units that have numbers in order, for the former. */
hrm_status hrmi_codifier_sort_numbers(hrm_context *ctx, hrm_codifier *codifier);

/* The former names of a unit, the newest first; NULL for none. */
const hrmi_former_name *hrmi_codifier_former_names(const hrm_codifier *codifier, size_t unit);

/* HRM_UNIT_… of a letter of the codifier, Latin or the Cyrillic one that looks alike; 0 for none. */
int32_t hrmi_category_of_letter(const char *text, size_t length);

/* HRM_UNIT_… that a code says alone. */
int32_t hrmi_category_of_place(const hrmi_unit *unit);

/* Whether a unit of that place can be of that category. */
bool hrmi_category_fits(int32_t category, const hrmi_unit *unit);

/* Whether a text is a day, YYYY-MM-DD. */
bool hrmi_codifier_is_day(const char *text);

#endif
