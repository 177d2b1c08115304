/*
 * The lines in which an indicator tells of its inputs and parameters. They are written for people; this takes
 * them apart.
 */
#include "base/number.h"
#include "indicator/plan.h"

/* A part of a line. */
typedef struct part {
    const char *text;
    size_t length;
} part;

static part trimmed(part p) {
    while (p.length > 0 && (*p.text == ' ' || *p.text == '\t')) {
        p.text++;
        p.length--;
    }
    while (p.length > 0 && (p.text[p.length - 1] == ' ' || p.text[p.length - 1] == '\t')) p.length--;
    return p;
}

/* What stands before the first `mark` (or all of it), without blanks around; *rest moves behind the mark. */
static part before(part *rest, char mark) {
    const char *const found = rest->length == 0 ? NULL : memchr(rest->text, mark, rest->length);
    const size_t length = found == NULL ? rest->length : (size_t)(found - rest->text);
    const part p = {rest->text, length};
    const size_t skipped = found == NULL ? length : length + 1;
    rest->text += skipped;
    rest->length -= skipped;
    return trimmed(p);
}

/* The next line that is not blank. */
static bool next_line(const char **at, part *line) {
    while (**at != '\0') {
        const size_t length = strcspn(*at, "\n");
        *line = trimmed((part){*at, length});
        *at += length + ((*at)[length] == '\n');
        if (line->length > 0) return true;
    }
    return false;
}

bool hrmi_parameter_next(const char **at, hrmi_parameter *out, bool *good) {
    part line;
    *good = true;
    if (!next_line(at, &line)) return false;
    const part id = before(&line, '=');
    part value = before(&line, ';');
    const part since = before(&line, ';');
    const part source = trimmed(line);
    const part number = before(&value, ' ');
    const part unit = trimmed(value);
    *out = (hrmi_parameter){id.text,     unit.text,    since.text,    source.text, id.length,
                            unit.length, since.length, source.length, 0.0};
    *good = id.length > 0 && hrmi_number_read(number.text, number.length, &out->number);
    return *good;
}

bool hrmi_described_next(const char **at, hrmi_described *out, bool *good) {
    part line;
    *good = true;
    if (!next_line(at, &line)) return false;
    part head = before(&line, ':');
    const part text = trimmed(line);
    const part id = before(&head, ',');
    const part unit = trimmed(head);
    *out = (hrmi_described){id.text, unit.text, text.text, id.length, unit.length, text.length};
    *good = id.length > 0 && text.length > 0;
    return *good;
}
