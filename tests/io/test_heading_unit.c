/* Units that headings name. The cases are in heading_units.txt, which anyone can extend. */
#include "base/case_file.h"
#include "base/number.h"
#include "harness/harness.h"
#include "io/heading_unit.h"

/* The heading behind the bar, which parts what is expected from it. */
static char *heading_of(char *rest) {
    char *const bar = strstr(rest, "| ");
    ck_assert_msg(bar != NULL, "no bar in \"%s\"", rest);
    *bar = '\0';
    if (bar > rest && bar[-1] == ' ') bar[-1] = '\0';
    return bar + 2;
}

static void check_unit(char *rest) {
    char number[HRMI_NUMBER_SIZE];
    char seen[200];
    hrmi_heading_unit unit;
    char *const heading = heading_of(rest);
    ck_assert_msg(hrmi_heading_unit_find(heading, &unit), "\"%s\": no unit found", heading);
    (void)hrmi_number_write(unit.scale, number);
    (void)snprintf(seen, sizeof seen, "%s %s", number, unit.words);
    ck_assert_msg(strcmp(seen, rest) == 0, "\"%s\": %s, not %s", heading, seen, rest);
}

static void check_none(char *rest) {
    hrmi_heading_unit unit;
    char *const heading = heading_of(rest);
    ck_assert_msg(!hrmi_heading_unit_find(heading, &unit), "\"%s\": %s", heading, unit.words);
}

START_TEST(units_in_headings_are_found) {
    ck_assert_uint_gt(hrmt_each_case("tests/io/heading_units.txt", "unit", check_unit), 20);
    ck_assert_uint_gt(hrmt_each_case("tests/io/heading_units.txt", "none", check_none), 5);
}
END_TEST

/* Long words, bytes that are no UTF-8, and nothing at all. */
START_TEST(any_text_is_a_heading) {
    hrmi_heading_unit unit;
    char text[3000];
    ck_assert(!hrmi_heading_unit_find("", &unit));
    ck_assert(!hrmi_heading_unit_find("\xD2\xE8\xF1. \xC3", &unit));
    ck_assert(!hrmi_heading_unit_find("_", &unit));
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    ck_assert(!hrmi_heading_unit_find(text, &unit));
    memcpy(text + sizeof text - 6, " kUAH", 5);
    ck_assert(hrmi_heading_unit_find(text, &unit));
    ck_assert_str_eq(unit.words, "thousand hryvnias");
}
END_TEST

HRMT_SUITE("heading_unit", &units_in_headings_are_found, &any_text_is_a_heading)
