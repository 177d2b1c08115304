/*
 * Units as recipes write them: what "kUAH" or "thousand persons" is a thousand of, and whether amounts in a
 * unit add up from communities to raions.
 */
#ifndef HRMI_UNITS_H
#define HRMI_UNITS_H

#include "base/base.h"

/*
 * Takes a multiple off a unit: "kUAH", "thousand UAH", "тис. грн" → 1000 and "UAH", "UAH", "грн". Returns the
 * factor (1 where there is no multiple) and points *base into `unit`.
 *
 * Known: "thousand ", "thousands of ", "million ", "millions of ", "billion ", "тис.", "тис ", "тисяч ",
 * "млн", "млн.", "млрд", "млрд." before any unit (the point may stand close to it: "тис.грн"); k, M and bn
 * before a currency's three capital letters.
 */
double hrmi_unit_multiple(const char *unit, const char **base);

/* Whether a unit begins as a multiple does, and hrmi_unit_multiple() knows none in it: "kUAHH", "тыс. грн".
 */
bool hrmi_unit_is_doubtful(const char *unit);

/* Whether numbers in this unit add up over communities: counts and amounts do; shares, ratios, indices,
 * distances, times and everything "per" something else do not. A unit that is not given counts as an amount.
 */
bool hrmi_unit_adds_up(const char *unit);

/* m² in one unit of area ("m2", "ha", "km2", also with ²), or 0 for what is none. */
double hrmi_unit_area_m2(const char *unit);

#endif
