/*
 * Least distances against brute force with another geodesic program (tests/reference/nearest_cases.py), and
 * what must not change them.
 */
#include <math.h>

#include "base/number.h"
#include "geo/geodesic.h"
#include "geo/nearest.h"
#include "geo/surface.h"
#include "harness/shapes.h"

static hrmi_tree tree_of(hrm_context *ctx, const char *wkt) {
    const hrmi_shapes none = {0};
    hrmi_tree tree;
    hrmi_geometry g = hrmt_geometry(ctx, wkt);
    hrmt_ok(ctx, hrmi_tree_of_all(ctx, &none, &g, &tree));
    hrmi_geometry_free(&g);
    return tree;
}

static double distance(const char *a_wkt, const char *b_wkt) {
    hrm_context *const ctx = hrmt_context();
    hrmi_tree a = tree_of(ctx, a_wkt);
    hrmi_tree b = tree_of(ctx, b_wkt);
    hrmi_nearest found;
    hrmi_nearest turned;
    ck_assert(hrmi_nearest_of(&a, 0, &b, 0, &found));
    ck_assert(hrmi_nearest_of(&b, 0, &a, 0, &turned));
    ck_assert_double_eq_tol(found.distance_m, turned.distance_m, 1e-6);
    ck_assert_double_eq(found.distance_m,
                        hrmi_geodesic_m(found.from[0], found.from[1], found.to[0], found.to[1]));
    hrmi_tree_free(&a);
    hrmi_tree_free(&b);
    hrm_context_free(ctx);
    return found.distance_m;
}

START_TEST(as_brute_force) {
    char line[8192];
    size_t cases = 0;
    FILE *const file = fopen(HRMT_SOURCE_DIR "/tests/geo/nearest_cases.txt", "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL) {
        double expected = 0.0;
        if (line[0] == '#') continue;
        char *const a = strchr(line, ';') + 1;
        char *const b = strchr(a, ';') + 1;
        ck_assert(hrmi_number_read(line, (size_t)(a - 1 - line), &expected));
        b[-1] = '\0';
        b[strcspn(b, "\n")] = '\0';
        const double got = distance(a, b);
        ck_assert_msg(fabs(got - expected) <= 2e-6, "%s %s: %.6f, not %.6f", a, b, got, expected);
        cases++;
    }
    ck_assert_uint_eq(cases, 60);
    (void)fclose(file);
}
END_TEST

START_TEST(the_nearest_places_are_told) {
    hrm_context *const ctx = hrmt_context();
    hrmi_tree line = tree_of(ctx, "LINESTRING(20 50, 40 50)");
    hrmi_nearest found;
    ck_assert(hrmi_nearest_to(30, 50.5, &line, 0, &found));
    ck_assert_double_eq(found.from[0], 30.0);
    ck_assert_double_eq(found.from[1], 50.5);
    ck_assert_double_eq_tol(found.to[0], 30.0, 1e-8); /* a millimetre */
    ck_assert_double_eq(found.to[1], 50.0);
    hrmi_tree_free(&line);
    hrm_context_free(ctx);
}
END_TEST

/* Long lines on both sides of the date line: one pair of corners faces each other over it, 0.2 degrees apart,
 * and all others are 1.2 apart. */
static void lines_over_the_date_line(int near) {
    char a[4096] = "LINESTRING(";
    char b[4096] = "LINESTRING(";
    size_t used[2] = {strlen(a), strlen(b)};
    for (int i = 0; i <= 60; i++) {
        const char *const comma = i == 0 ? "" : ",";
        const char *const lon = i == near ? "179.9" : "179.4";
        const double lat = 57.5 + 0.1 * i;
        used[0] += (size_t)snprintf(a + used[0], sizeof a - used[0], "%s%s %.1f", comma, lon, lat);
        used[1] += (size_t)snprintf(b + used[1], sizeof b - used[1], "%s-%s %.1f", comma, lon, lat);
    }
    (void)snprintf(a + used[0], sizeof a - used[0], ")");
    (void)snprintf(b + used[1], sizeof b - used[1], ")");
    ck_assert_double_eq_tol(distance(a, b), hrmi_geodesic_m(0.0, 57.5 + 0.1 * near, 0.2, 57.5 + 0.1 * near),
                            1e-6);
}

START_TEST(over_the_date_line) {
    for (int near = 1; near < 60; near++) lines_over_the_date_line(near);
}
END_TEST

START_TEST(nothing_is_near_nothing) {
    hrm_context *const ctx = hrmt_context();
    const hrmi_shapes none = {0};
    const hrmi_geometry nothing = {0};
    hrmi_tree empty;
    hrmi_tree line = tree_of(ctx, "LINESTRING(20 50, 40 50)");
    hrmi_nearest found;
    hrmt_ok(ctx, hrmi_tree_of_all(ctx, &none, &nothing, &empty));
    ck_assert(!hrmi_nearest_to(30, 50.5, &empty, 0, &found));
    ck_assert(!hrmi_nearest_of(&line, 0, &empty, 0, &found));
    ck_assert(!hrmi_nearest_of(&empty, 0, &line, 0, &found));
    hrmi_tree_free(&empty);
    hrmi_tree_free(&line);
    hrm_context_free(ctx);
}
END_TEST

/* Stars in pieces: the same as whole, as turned around, and as taken one ring after the other. */
START_TEST(pieces_and_directions_change_nothing) {
    enum { SIZE = 8192 };
    static char star[SIZE];
    static char cut[2 * SIZE];
    uint64_t state = 3;
    for (int turn = 0; turn < 30; turn++) {
        hrm_context *const ctx = hrmt_context();
        hrmt_star(star, SIZE, 30.0, 50.0, 0.5, 40, &state);
        hrmi_geometry g = hrmt_geometry(ctx, star);
        size_t used = (size_t)snprintf(cut, sizeof cut, "MULTILINESTRING(");
        for (size_t v = g.vertex_count - 1; v > 0; v--) { /* backwards, every edge in two pieces */
            const double x = (g.x[v] + g.x[v - 1]) / 2;
            const double y = (g.y[v] + g.y[v - 1]) / 2;
            used += (size_t)snprintf(
                cut + used, sizeof cut - used, "%s(%.17g %.17g,%.17g %.17g),(%.17g %.17g,%.17g %.17g)",
                v + 1 < g.vertex_count ? "," : "", g.x[v], g.y[v], x, y, x, y, g.x[v - 1], g.y[v - 1]);
        }
        (void)snprintf(cut + used, sizeof cut - used, ")");
        hrmi_shapes whole = hrmt_shapes(ctx, (const char *const[]){star}, 1);
        hrmi_tree a;
        hrmi_tree b = tree_of(ctx, cut);
        hrmi_geometry_free(&g);
        g = (hrmi_geometry){0};
        hrmt_ok(ctx, hrmi_tree_of_all(ctx, &whole, &g, &a));
        for (int k = 0; k < 50; k++) {
            hrmi_nearest one;
            hrmi_nearest other;
            const double lon = 20.0 + 9.4 * hrmt_random(&state);
            const double lat = 46.0 + 8.0 * hrmt_random(&state);
            ck_assert(hrmi_nearest_to(lon, lat, &a, 0, &one));
            ck_assert(hrmi_nearest_to(lon, lat, &b, 0, &other));
            ck_assert_double_eq_tol(one.distance_m, other.distance_m, 1e-6);
        }
        hrmi_tree_free(&a);
        hrmi_tree_free(&b);
        hrmi_shapes_free(&whole);
        hrm_context_free(ctx);
    }
}
END_TEST

/* Lines through the earth compare as they should with ways along it. */
START_TEST(chords_bound_distances) {
    uint64_t state = 17;
    for (int turn = 0; turn < 20000; turn++) {
        double p[3];
        double q[3];
        const double lon = 360.0 * hrmt_random(&state) - 180.0;
        const double lat = 178.0 * hrmt_random(&state) - 89.0;
        const double reach = turn % 2 == 0 ? 1.0 : 8.0;
        const double lat2 = fmin(90.0, fmax(-90.0, lat + reach * (hrmt_random(&state) - 0.5)));
        const double lon2 = lon + reach * (hrmt_random(&state) - 0.5);
        const double d = hrmi_geodesic_m(lon, lat, lon2, lat2);
        hrmi_surface(lon, lat, p);
        hrmi_surface(lon2, lat2, q);
        const double chord = sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) +
                                  (p[2] - q[2]) * (p[2] - q[2]));
        ck_assert_double_le(chord, hrmi_surface_longest_chord(d) + 1e-8);
        ck_assert_double_le(chord, d + 1e-8);
        if (d < 5e5) ck_assert_double_eq_tol(hrmi_surface_arc(p, q, chord), d, 0.001);
        else if (d < 1e6) ck_assert_double_eq_tol(hrmi_surface_arc(p, q, chord), d, 0.03);
    }
    ck_assert(isinf(hrmi_surface_longest_chord(2.1e7)));
}
END_TEST

START_TEST(moves_are_those_of_the_surface) {
    uint64_t state = 23;
    for (int turn = 0; turn < 1000; turn++) {
        double p[3];
        double place[3];
        double east[3];
        double north[3];
        double e[3];
        double n[3];
        const double h = 1e-6;
        const double lon = 360.0 * hrmt_random(&state) - 180.0;
        const double lat = 170.0 * hrmt_random(&state) - 85.0;
        hrmi_surface(lon, lat, p);
        hrmi_surface(lon + h, lat, e);
        hrmi_surface(lon, lat + h, n);
        hrmi_surface_moves(lon, lat, place, east, north);
        for (int i = 0; i < 3; i++) {
            ck_assert_double_eq(place[i], p[i]);
            ck_assert_double_eq_tol((e[i] - p[i]) / h, east[i], 0.01);
            ck_assert_double_eq_tol((n[i] - p[i]) / h, north[i], 0.01);
        }
    }
}
END_TEST

HRMT_SUITE("nearest", &as_brute_force, &the_nearest_places_are_told, &over_the_date_line,
           &nothing_is_near_nothing, &pieces_and_directions_change_nothing, &chords_bound_distances,
           &moves_are_those_of_the_surface)
