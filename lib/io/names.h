/*
 * Names of fields and sheets as people write them: found without regard to case, to blanks around them and to
 * invisible characters; and when none fits, the nearest is named.
 */
#ifndef HRMI_NAMES_H
#define HRMI_NAMES_H

#include "base/base.h"

typedef struct hrmi_names {
    const char *const *names;
    size_t count;
} hrmi_names;

/* Whether two names are the same to a person. */
bool hrmi_names_same(const char *a, const char *b);

/* Whether a text is the same as a name, or begins with it and goes on with another word. */
bool hrmi_names_begins(const char *text, const char *name);

/* Whether a text holds another anywhere, in the middle of a word too. */
bool hrmi_names_holds(const char *text, const char *part);

/* How a name was found. */
typedef struct hrmi_names_found {
    size_t place;  /* the first that fits; HRM_NONE for none */
    size_t second; /* the second that fits as well; HRM_NONE where it is the only one */
    bool part;     /* only by what stands behind a " / ": the lower part of a heading of several rows */
} hrmi_names_found;

/* Looks for a name: one that is equal to the byte goes before one that is the same to a person, and that
 * before one whose lower part is. */
hrmi_names_found hrmi_names_look(const hrmi_names *names, const char *wanted);

/*
 * The place of a name. HRM_ERROR_FIELD, where there is none or more than one, names what was meant (`what`:
 * "field", "layer"), `path`, the nearest name and all there are.
 */
hrm_status hrmi_names_find(hrm_context *ctx, const hrmi_names *names, const char *wanted, const char *what,
                           const char *path, size_t *place);

/* The names put together for a message, as far as they fit: `"a", "b", "c" …`. */
void hrmi_names_list(const hrmi_names *names, char *out, size_t size);

/* One text for a message: bytes that are not UTF-8 become '?', line ends blanks; cut to fit. */
void hrmi_names_show(const char *text, size_t length, char *out, size_t size);

#endif
