/* Shares of areas against an overlay and geodesic areas (tests/reference/share_cases.py), and what must not
 * change them. */
#include <math.h>

#include "base/number.h"
#include "geo/share.h"
#include "harness/shapes.h"

static double share(const char *a_wkt, const char *b_wkt) {
    hrm_context *const ctx = hrmt_context();
    hrmi_shapes a = hrmt_shapes(ctx, &a_wkt, 1);
    hrmi_shapes b = hrmt_shapes(ctx, &b_wkt, 1);
    const hrmi_geometry nothing = {0};
    hrmi_tree ta;
    hrmi_tree tb;
    hrmt_ok(ctx, hrmi_tree_of_shapes(ctx, &a, &ta));
    hrmt_ok(ctx, hrmi_tree_of_all(ctx, &b, &nothing, &tb));
    const double result = hrmi_area_share(&ta, 0, &tb, 0);
    hrmi_tree_free(&ta);
    hrmi_tree_free(&tb);
    hrmi_shapes_free(&a);
    hrmi_shapes_free(&b);
    hrm_context_free(ctx);
    return result;
}

START_TEST(as_an_overlay_has_it) {
    static char line[32768];
    size_t cases = 0;
    FILE *const file = fopen(HRMT_SOURCE_DIR "/tests/geo/share_cases.txt", "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL) {
        double expected = 0.0;
        if (line[0] == '#') continue;
        char *const a = strchr(line, ';') + 1;
        char *const b = strchr(a, ';') + 1;
        ck_assert(hrmi_number_read(line, (size_t)(a - 1 - line), &expected));
        b[-1] = '\0';
        b[strcspn(b, "\n")] = '\0';
        const double got = share(a, b);
        ck_assert_msg(fabs(got - expected) <= 1e-6, "%s %s: %.12f, not %.12f", a, b, got, expected);
        ck_assert(got >= 0.0 && got <= 1.0);
        if (expected == 0.0 || expected == 1.0) ck_assert_double_eq(got, expected);
        cases++;
    }
    ck_assert_uint_eq(cases, 51);
    (void)fclose(file);
}
END_TEST

/* By symmetry, whatever the ellipsoid. */
START_TEST(halves_are_halves) {
    ck_assert_double_eq_tol(
        share("POLYGON((30 50,31 50,31 51,30 51,30 50))", "POLYGON((30.5 0,90 0,90 80,30.5 80,30.5 0))"), 0.5,
        1e-14);
    ck_assert_double_eq_tol(
        share("POLYGON((30 -2,31 -2,31 2,30 2,30 -2))", "POLYGON((0 0,90 0,90 80,0 80,0 0))"), 0.5, 1e-11);
    ck_assert_double_eq_tol(share("POLYGON((-2 -2,2 -2,2 2,-2 2,-2 -2))", "POLYGON((-9 -9,9 9,-9 9,-9 -9))"),
                            0.5, 1e-11);
}
END_TEST

/* A unit's shares in the pieces of a plane add up to its share in the whole. */
START_TEST(shares_add_up) {
    enum { SIZE = 8192, CUTS = 7 };
    static char star[SIZE];
    uint64_t state = 31;
    for (int turn = 0; turn < 50; turn++) {
        double sum = 0.0;
        hrmt_star(star, SIZE, 30.0, 50.0, 0.5, 25, &state);
        for (int i = 0; i < CUTS; i++) { /* slanted strips that fill everything */
            char strip[256];
            const double w = i == 0 ? -9 : -0.5 + i / (double)CUTS;
            const double e = i == CUTS - 1 ? 9 : -0.5 + (i + 1) / (double)CUTS;
            (void)snprintf(strip, sizeof strip, "POLYGON((%.17g 40,%.17g 40,%.17g 60,%.17g 60,%.17g 40))",
                           29 + w, 29 + e, 31 + e, 31 + w, 29 + w);
            sum += share(star, strip);
        }
        ck_assert_double_eq_tol(sum, 1.0, 1e-12);
    }
}
END_TEST

START_TEST(degenerate_units) {
    ck_assert(isnan(share(NULL, "POLYGON((0 0,1 0,1 1,0 0))")));
    ck_assert_double_eq(share("POLYGON((0 0,1 0,1 1,0 0))", NULL), 0.0);
    ck_assert(isnan(share("POLYGON((0 0,1 0,2 0,0 0))", "POLYGON((0 0,1 0,1 1,0 0))")));
    ck_assert(isnan(share("POLYGON((0 0,0 1,0 2,0 0))", "POLYGON((0 0,1 0,1 1,0 0))")));
    ck_assert_double_eq(share("POLYGON((0 0,1e-9 0,1e-9 1e-9,0 0))", "POLYGON((-1 -1,1 -1,1 1,-1 1,-1 -1))"),
                        1.0);
}
END_TEST

HRMT_SUITE("share", &as_an_overlay_has_it, &halves_are_halves, &shares_add_up, &degenerate_units)
