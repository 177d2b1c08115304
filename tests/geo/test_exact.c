/* Signs against integers, and what touching means. */
#include "geo/exact.h"
#include "harness/harness.h"

/* Coordinates that are whole numbers of 2^-24 degrees, below 32 degrees: the products of their differences
 * have up to 60 bits, too many for a double and few enough for an integer. */
#define UNIT 0x1p-24

static int sign_of_integers(const int64_t p[6]) {
    const int64_t det = (p[0] - p[4]) * (p[3] - p[5]) - (p[1] - p[5]) * (p[2] - p[4]);
    return (det > 0) - (det < 0);
}

static int64_t random_coordinate(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)(*state >> 35);
}

/* The third point near the line through the first two, off by a few units at most: rounding alone decides
 * nothing. */
START_TEST(sides_are_those_of_integers) {
    uint64_t state = 7;
    size_t zeros = 0;
    for (int turn = 0; turn < 200000; turn++) {
        int64_t p[6];
        for (int i = 0; i < 4; i++) p[i] = random_coordinate(&state);
        if (turn % 4 == 0) { /* a point that lies on the line exactly */
            p[2] = p[0] + (p[2] - p[0]) / 4 * 4;
            p[3] = p[1] + (p[3] - p[1]) / 4 * 4;
            p[4] = p[0] + (p[2] - p[0]) / 4 * (turn % 5);
            p[5] = p[1] + (p[3] - p[1]) / 4 * (turn % 5);
        } else {
            const double t = (double)random_coordinate(&state) * 0x1p-29;
            p[4] = p[0] + (int64_t)((double)(p[2] - p[0]) * t);
            p[5] = p[1] + (int64_t)((double)(p[3] - p[1]) * t) + random_coordinate(&state) % 3;
        }
        double c[6];
        for (int i = 0; i < 6; i++) c[i] = (double)p[i] * UNIT;
        const int expected = sign_of_integers(p);
        zeros += expected == 0;
        ck_assert_int_eq(hrmi_side(c[0], c[1], c[2], c[3], c[4], c[5]), expected);
        ck_assert_int_eq(hrmi_side_exact(c[0], c[1], c[2], c[3], c[4], c[5]), expected);
        ck_assert_int_eq(hrmi_side(c[2], c[3], c[0], c[1], c[4], c[5]), -expected);
        ck_assert_int_eq(hrmi_side(c[4], c[5], c[0], c[1], c[2], c[3]), expected);
    }
    ck_assert_uint_gt(zeros, 40000);
}
END_TEST

/* Two points near zero and a third far away on their line, or off it by a little: already the differences
 * round, and plain doubles tell any sign. */
START_TEST(sides_where_differences_round) {
    __extension__ typedef __int128 wide;
    uint64_t state = 3;
    size_t misled = 0;
    for (int turn = 0; turn < 100000; turn++) {
        int64_t p[6]; /* in units of 2^-51 degrees; the third of 16 of them, so that it is a double */
        double c[6];
        for (int i = 0; i < 4; i++) p[i] = random_coordinate(&state) >> 9;
        const int64_t far = INT64_C(1) << (34 + turn % 3);
        p[4] = (p[0] + (p[2] - p[0]) * far) / 16 * 16;
        p[5] = (p[1] + (p[3] - p[1]) * far) / 16 * 16 + 16 * (turn % 5 - 2);
        for (int i = 0; i < 6; i++) {
            c[i] = ldexp((double)p[i], -51);
            ck_assert((int64_t)ldexp(c[i], 51) == p[i]);
        }
        const wide det = (wide)(p[0] - p[4]) * (p[3] - p[5]) - (wide)(p[1] - p[5]) * (p[2] - p[4]);
        const double plain = (c[0] - c[4]) * (c[3] - c[5]) - (c[1] - c[5]) * (c[2] - c[4]);
        ck_assert_int_eq(hrmi_side(c[0], c[1], c[2], c[3], c[4], c[5]), (det > 0) - (det < 0));
        misled += (plain > 0 && det < 0) || (plain < 0 && det > 0);
    }
    ck_assert_uint_gt(misled, 1000);
}
END_TEST

/* Kettner, Mehlhorn, Pion, Schirra and Yap (2008), figure 1: around (0.5, 0.5), seen from the line through
 * (12, 12) and (24, 24), plain doubles answer nonsense. */
START_TEST(the_classroom_examples) {
    for (int x = 0; x < 256; x++)
        for (int y = 0; y < 256; y++)
            ck_assert_int_eq(hrmi_side(0.5 + x * 0x1p-53, 0.5 + y * 0x1p-53, 12, 12, 24, 24),
                             (y > x) - (y < x)); /* p, q, r turn left where p lies above */
}
END_TEST

START_TEST(very_small_and_large_numbers) {
    ck_assert_int_eq(hrmi_side(0, 0, 1e-100, 1e-100, 2e-100, 2e-100), 0);
    ck_assert_int_eq(hrmi_side(0, 0, 1e-100, 1e-100, 2e-100, 3e-100), 1);
    ck_assert_int_eq(hrmi_side(0, 0, 180, 1e-100, 90, 0), -1);
    ck_assert_int_eq(hrmi_side(0, 0, 180, 1e-100, -180, -1e-100), 0);
    ck_assert_int_eq(hrmi_side(0, 0, 1e-200, 1e-200, 2e-200, 3e-200),
                     0);                              /* nearer to zero than 2^-400: zero */
    ck_assert_int_eq(hrmi_side(1, 1, 1, 1, 5, 7), 0); /* no line */
}
END_TEST

/* Whether two edges meet, in all eight ways of writing them. */
static void meet(bool expected, double ax, double ay, double bx, double by, double cx, double cy, double dx,
                 double dy) {
    ck_assert_int_eq(hrmi_edges_meet(ax, ay, bx, by, cx, cy, dx, dy), expected);
    ck_assert_int_eq(hrmi_edges_meet(bx, by, ax, ay, cx, cy, dx, dy), expected);
    ck_assert_int_eq(hrmi_edges_meet(ax, ay, bx, by, dx, dy, cx, cy), expected);
    ck_assert_int_eq(hrmi_edges_meet(bx, by, ax, ay, dx, dy, cx, cy), expected);
    ck_assert_int_eq(hrmi_edges_meet(cx, cy, dx, dy, ax, ay, bx, by), expected);
    ck_assert_int_eq(hrmi_edges_meet(ay, ax, by, bx, cy, cx, dy, dx), expected);
    ck_assert_int_eq(hrmi_edges_meet(-ax, ay, -bx, by, -cx, cy, -dx, dy), expected);
    ck_assert_int_eq(hrmi_edges_meet(ax, -ay, bx, -by, cx, -cy, dx, -dy), expected);
}

START_TEST(edges_that_meet) {
    meet(true, 0, 0, 2, 2, 0, 2, 2, 0);      /* cross */
    meet(true, 0, 0, 2, 2, 2, 2, 4, 0);      /* end on end */
    meet(true, 0, 0, 4, 4, 2, 2, 4, 0);      /* end in the middle */
    meet(true, 0, 0, 4, 0, 2, 0, 6, 0);      /* along each other */
    meet(true, 0, 0, 6, 0, 2, 0, 4, 0);      /* one within the other */
    meet(true, 0, 0, 4, 0, 0, 0, 4, 0);      /* the same */
    meet(true, 0, 0, 4, 4, 2, 2, 2, 2);      /* a point on it */
    meet(true, 1, 1, 1, 1, 1, 1, 1, 1);      /* a point and itself */
    meet(false, 0, 0, 4, 0, 5, 0, 6, 0);     /* on one line, apart */
    meet(false, 0, 0, 4, 4, 2, 2.5, 0, 4);   /* ends short of it */
    meet(false, 0, 0, 4, 0, 0, 1, 4, 1);     /* parallel */
    meet(false, 0, 0, 4, 4, 2, 2.5, 2, 2.5); /* a point beside it */
    meet(false, 1, 1, 1, 1, 1, 2, 1, 2);     /* two points */
    meet(false, 0, 0, 4, 4, 1, 0, 5, 4);     /* parallel, boxes overlap */
    meet(false, 0, 0, 1, 1, 1.5, 1, 1, 1.5); /* beyond the end, boxes touch */
    /* one unit in the last place off the line, or on it */
    meet(true, 0, 0, 3, 1, 1.5, 0.5, 1.5, 9);
    meet(false, 0, 0, 3, 1, 1.5, 0.5 + 0x1p-53, 1.5, 9);
}
END_TEST

START_TEST(crossings_of_a_ray_to_the_east) {
    ck_assert_int_eq(hrmi_cross(0, 1, 1, 0, 1, 2), HRMI_CROSSES);
    ck_assert_int_eq(hrmi_cross(0, 1, 1, 2, 1, 0), HRMI_CROSSES);
    ck_assert_int_eq(hrmi_cross(2, 1, 1, 0, 1, 2), HRMI_CROSSES_NOT);
    ck_assert_int_eq(hrmi_cross(0, 3, 1, 0, 1, 2), HRMI_CROSSES_NOT);
    ck_assert_int_eq(hrmi_cross(0, 0, 1, 0, 1, 2), HRMI_CROSSES); /* the lower end belongs to the edge … */
    ck_assert_int_eq(hrmi_cross(0, 2, 1, 0, 1, 2), HRMI_CROSSES_NOT); /* … the upper one does not */
    ck_assert_int_eq(hrmi_cross(0, 0, 1, 0, 5, 0), HRMI_CROSSES_NOT); /* level */
    ck_assert_int_eq(hrmi_cross(1, 1, 1, 0, 1, 2), HRMI_ON_EDGE);
    ck_assert_int_eq(hrmi_cross(1, 0, 1, 0, 1, 2), HRMI_ON_EDGE); /* on ends, whichever way the edge goes */
    ck_assert_int_eq(hrmi_cross(1, 2, 1, 0, 1, 2), HRMI_ON_EDGE);
    ck_assert_int_eq(hrmi_cross(1, 2, 1, 2, 1, 0), HRMI_ON_EDGE);
    ck_assert_int_eq(hrmi_cross(3, 0, 1, 0, 5, 0), HRMI_ON_EDGE); /* on a level edge and its ends */
    ck_assert_int_eq(hrmi_cross(1, 0, 1, 0, 5, 0), HRMI_ON_EDGE);
    ck_assert_int_eq(hrmi_cross(5, 0, 1, 0, 5, 0), HRMI_ON_EDGE);
    ck_assert_int_eq(hrmi_cross(5, 0, 5, 0, 1, 0), HRMI_ON_EDGE);
    ck_assert_int_eq(hrmi_cross(6, 0, 1, 0, 5, 0), HRMI_CROSSES_NOT);
    ck_assert_int_eq(hrmi_cross(1, 1, 1, 1, 1, 1), HRMI_ON_EDGE); /* a point */
    ck_assert_int_eq(hrmi_cross(0, 1, 1, 1, 1, 1), HRMI_CROSSES_NOT);
    ck_assert_int_eq(hrmi_cross(0.1, 1, 0, 0, 0.2, 2), HRMI_ON_EDGE);
    ck_assert_int_eq(hrmi_cross(0.1, 1 + 0x1p-52, 0, 0, 0.2, 2), HRMI_CROSSES);
    ck_assert_int_eq(hrmi_cross(0.1, 1 - 0x1p-52, 0, 0, 0.2, 2), HRMI_CROSSES_NOT);
}
END_TEST

HRMT_SUITE("exact", &sides_are_those_of_integers, &sides_where_differences_round, &the_classroom_examples,
           &very_small_and_large_numbers, &edges_that_meet, &crossings_of_a_ray_to_the_east)
