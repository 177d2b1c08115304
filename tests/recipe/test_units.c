/* Units of columns: their multiples, and whether they add up. */
#include "harness/harness.h"
#include "recipe/units.h"

static void expect(const char *unit, double factor, const char *base) {
    const char *rest = NULL;
    ck_assert_double_eq(hrmi_unit_multiple(unit, &rest), factor);
    ck_assert_str_eq(rest, base);
}

START_TEST(multiples_come_off) {
    expect("UAH", 1.0, "UAH");
    expect("kUAH", 1e3, "UAH");
    expect("MUAH", 1e6, "UAH");
    expect("bnUSD", 1e9, "USD");
    expect("kUAH per person", 1e3, "UAH per person");
    expect("thousand persons", 1e3, "persons");
    expect("million UAH", 1e6, "UAH");
    expect("billion UAH of 2015", 1e9, "UAH of 2015");
    expect("тис. осіб", 1e3, "осіб");
    expect("млн грн", 1e6, "грн");
    expect("млрд грн", 1e9, "грн");
    expect("тис.грн", 1e3, "грн");
    expect("тисяч гривень", 1e3, "гривень");
    expect("млн. грн", 1e6, "грн");
    expect("млрд.грн", 1e9, "грн");
}
END_TEST

START_TEST(what_looks_like_a_multiple_and_is_none_stays) {
    expect("km", 1.0, "km");
    expect("km2", 1.0, "km2");
    expect("kWh", 1.0, "kWh");
    expect("MW", 1.0, "MW");
    expect("Mbit", 1.0, "Mbit");
    expect("thousand", 1.0, "thousand");
    expect("thousand ", 1.0, "thousand ");
    expect("kUAHs", 1.0, "kUAHs");
    expect("", 1.0, "");
}
END_TEST

START_TEST(misspelt_multiples_are_doubted) {
    static const char *const doubtful[] = {"kUAHH",    "KUAH",    "bnUA",      "тыс. грн", "тис",
                                           "млнгрн",   "mln UAH", "kUA",       "kUAHs",    "MUSDD",
                                           "thousand", "тысяч",   "мільйонів", "thousands"};
    static const char *const plain[] = {"kUAH", "UAH",  "MDL", "KGS",       "kWh",     "MW",
                                        "",     "km",   "kt",  "тис. осіб", "тонн",    "million UAH",
                                        "Mbit", "MUAH", "m2",  "persons",   "тис.грн", "k"};
    for (size_t i = 0; i < sizeof doubtful / sizeof *doubtful; i++)
        ck_assert_msg(hrmi_unit_is_doubtful(doubtful[i]), "%s", doubtful[i]);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        ck_assert_msg(!hrmi_unit_is_doubtful(plain[i]), "%s", plain[i]);
}
END_TEST

START_TEST(amounts_and_counts_add_up) {
    static const char *const sums[] = {"",          "UAH",   "persons",  "UAH of 2015", "m2",
                                       "m²",        "km2",   "km3",      "осіб",        "грн",
                                       "dwellings", "posts", "meetings", "facilities",  "kWh"};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        ck_assert_msg(hrmi_unit_adds_up(sums[i]), "%s", sums[i]);
}
END_TEST

START_TEST(shares_distances_and_times_do_not) {
    static const char *const others[] = {"%",
                                         "% of income",
                                         "share",
                                         "ratio",
                                         "index 0-1",
                                         "class",
                                         "km",
                                         "m",
                                         "minutes",
                                         "minute",
                                         "years",
                                         "year",
                                         "degree",
                                         "degrees",
                                         "days",
                                         "UAH/month",
                                         "км",
                                         "років",
                                         "частка",
                                         "UAH per resident",
                                         "rank 0-4",
                                         "events per 10,000",
                                         "осіб на 1000 мешканців",
                                         "5 %"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_msg(!hrmi_unit_adds_up(others[i]), "%s", others[i]);
}
END_TEST

START_TEST(units_of_area) {
    ck_assert_double_eq(hrmi_unit_area_m2("km2"), 1e6);
    ck_assert_double_eq(hrmi_unit_area_m2("км²"), 1e6);
    ck_assert_double_eq(hrmi_unit_area_m2("ha"), 1e4);
    ck_assert_double_eq(hrmi_unit_area_m2("m²"), 1.0);
    ck_assert_double_eq(hrmi_unit_area_m2("km"), 0.0);
    ck_assert_double_eq(hrmi_unit_area_m2(""), 0.0);
}
END_TEST

HRMT_SUITE("units", &multiples_come_off, &what_looks_like_a_multiple_and_is_none_stays,
           &misspelt_multiples_are_doubted, &amounts_and_counts_add_up, &shares_distances_and_times_do_not,
           &units_of_area)
