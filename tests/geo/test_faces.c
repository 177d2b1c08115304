/*
 * Overlaps and gaps: squares to be checked by eye, random units against what inclusion and exclusion says,
 * and boxes against looking at all of them.
 */
#include <math.h>

#include "community/layer.h"
#include "geo/boxes.h"
#include "geo/faces.h"
#include "geo/overlay.h"
#include "geo/share.h"
#include "harness/shapes.h"

typedef struct case_of {
    hrm_context *ctx;
    hrmi_shapes shapes;
    hrmi_tree tree;
    hrmi_faces faces;
} case_of;

static case_of look(const char *const *wkt, size_t count) {
    case_of c = {.ctx = hrmt_context()};
    c.shapes = hrmt_shapes(c.ctx, wkt, count);
    hrmt_ok(c.ctx, hrmi_tree_of_shapes(c.ctx, &c.shapes, &c.tree));
    hrmt_ok(c.ctx, hrmi_faces_find(c.ctx, &c.shapes, &c.tree, &c.faces));
    return c;
}

static void drop(case_of *c) {
    hrmi_faces_free(&c->faces);
    hrmi_tree_free(&c->tree);
    hrmi_shapes_free(&c->shapes);
    hrm_context_free(c->ctx);
}

static void expect_box(const hrmi_shapes *shapes, size_t unit, double west, double south, double east,
                       double north) {
    const double *const box = shapes->box + 4 * unit;
    ck_assert(box[0] == west && box[1] == south && box[2] == east && box[3] == north);
}

START_TEST(squares) {
    static const char *const two[] = {"POLYGON((0 0,2 0,2 2,0 2,0 0))", NULL,
                                      "POLYGON((1 0,3 0,3 2,1 2,1 0))"};
    static const char *const around[] = {"POLYGON((0 0,3 0,3 1,2 1,2 0.5,1 0.5,1 1,0 1,0 0))",
                                         "POLYGON((0 1,3 1,3 2,0 2,0 1))"};
    static const char *const bay[] = {"POLYGON((0 0,3 0,3 1,2 1,2 0.5,1 0.5,1 1,0 1,0 0))"};
    case_of c = look(two, 3);
    ck_assert(c.faces.overlaps.unit_count == 1 && c.faces.gaps.unit_count == 0);
    ck_assert(c.faces.member_start[0] == 0 && c.faces.member_start[1] == 2);
    ck_assert_uint_eq(c.faces.members[0] + c.faces.members[1], 2); /* 0 and 2 */
    expect_box(&c.faces.overlaps, 0, 1, 0, 2, 2);
    drop(&c);
    c = look(around, 2);
    ck_assert(c.faces.overlaps.unit_count == 0 && c.faces.gaps.unit_count == 1);
    expect_box(&c.faces.gaps, 0, 1, 0.5, 2, 1);
    drop(&c);
    c = look(bay, 1);
    ck_assert(c.faces.overlaps.unit_count == 0 && c.faces.gaps.unit_count == 0);
    drop(&c);
}
END_TEST

START_TEST(units_on_one_another_and_holes) {
    static const char *const same[] = {"POLYGON((0 0,2 0,2 2,0 2,0 0))", "POLYGON((0 0,2 0,2 2,0 2,0 0))",
                                       "POLYGON((0 0,2 0,2 2,0 2,0 0))"};
    static const char *const filled[] = {"POLYGON((0 0,3 0,3 3,0 3,0 0),(1 1,1 2,2 2,2 1,1 1))",
                                         "POLYGON((1 1,2 1,2 2,1 2,1 1))"};
    static const char *const island[] = {"POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 8,8 8,8 1,1 1))",
                                         "POLYGON((4 4,5 4,5 5,4 5,4 4))"};
    case_of c = look(same, 3);
    ck_assert(c.faces.overlaps.unit_count == 1 && c.faces.member_start[1] == 3);
    drop(&c);
    c = look(filled, 2);
    ck_assert(c.faces.overlaps.unit_count == 0 && c.faces.gaps.unit_count == 0);
    drop(&c);
    c = look(island, 2); /* the gap has the island as a hole */
    ck_assert(c.faces.gaps.unit_count == 1 && c.faces.gaps.ring_count == 2);
    drop(&c);
    c = look(same, 0);
    ck_assert(c.faces.overlaps.unit_count == 0 && c.faces.gaps.unit_count == 0);
    drop(&c);
}
END_TEST

static double area_of(const hrmi_tree *tree, size_t unit) {
    hrmi_sharing sharing;
    hrmi_sharing_begin(&sharing, tree, unit);
    return isnan(sharing.area_m2) ? 0.0 : sharing.area_m2;
}

/* Σ areas − Σ (k − 1) × overlaps is the area of the union, and Σ k (k − 1) / 2 × overlaps that of all pairs.
 */
START_TEST(random_units_add_up) {
    enum { UNITS = 12 };
    uint64_t state = 7;
    for (int turn = 0; turn < 20; turn++) {
        static char text[UNITS][2048];
        const char *wkt[UNITS];
        for (size_t i = 0; i < UNITS; i++) {
            hrmt_star(text[i], sizeof text[i], 30 + hrmt_random(&state), 50 + hrmt_random(&state), 0.5, 15,
                      &state);
            wkt[i] = text[i];
        }
        case_of c = look(wkt, UNITS);
        hrmi_tree overlaps;
        hrmi_tree united_tree;
        hrmi_shapes united;
        double sum = 0.0;
        double pairs = 0.0;
        double more = 0.0;
        double expected_pairs = 0.0;
        hrmt_ok(c.ctx, hrmi_tree_of_shapes(c.ctx, &c.faces.overlaps, &overlaps));
        hrmt_ok(c.ctx, hrmi_shapes_unite(c.ctx, &c.shapes, NULL, UNITS, &united));
        hrmt_ok(c.ctx, hrmi_tree_of_shapes(c.ctx, &united, &united_tree));
        for (size_t i = 0; i < UNITS; i++) {
            sum += area_of(&c.tree, i);
            for (size_t k = 0; k < i; k++)
                expected_pairs += hrmi_area_share(&c.tree, i, &c.tree, k) * area_of(&c.tree, i);
        }
        for (size_t z = 0; z < c.faces.overlaps.unit_count; z++) {
            const double k = (double)(c.faces.member_start[z + 1] - c.faces.member_start[z]);
            pairs += k * (k - 1.0) / 2.0 * area_of(&overlaps, z);
            more += (k - 1.0) * area_of(&overlaps, z);
        }
        const double whole = area_of(&united_tree, 0);
        ck_assert_double_eq_tol((sum - more) / whole, 1.0, 1e-10);
        ck_assert_double_eq_tol(pairs / expected_pairs, 1.0, 1e-10);
        hrmi_tree_free(&united_tree);
        hrmi_shapes_free(&united);
        hrmi_tree_free(&overlaps);
        drop(&c);
    }
}
END_TEST

/* Units of ten metres with crossings so near each other that noding leaves faces with spikes without width: a
 * place inside must not be looked for in those. */
START_TEST(faces_with_spikes) {
    enum { UNITS = 8 };
    static const char *const codes[UNITS] = {"UA0502001", "UA0502003", "UA0504001", "UA1206001",
                                             "UA1206003", "UA1206005", "UA1206007", "UA1206009"};
    static const char *const wkt[UNITS] = {
        "POLYGON((30.0003 50.0006,30.0001 50.0009,30.0009 50.0000,30.0003 50.0006))",
        "POLYGON((30.0009 50.0002,30.0001 50.0004,30.0005 50.0004,30.0000 50.0006,30.0009 50.0002))",
        "POLYGON((30.0002 50.0007,30.0009 50.0003,30.0005 50.0007,30.0001 50.0002,30.0001 50.0003,30.0005 "
        "50.0008,30.0002 50.0007))",
        "POLYGON((30.0005 50.0003,30.0003 50.0000,30.0008 50.0008,30.0005 50.0003))",
        "POLYGON((30.0004 50.0008,30.0008 50.0005,30.0001 50.0005,30.0007 50.0006,30.0007 50.0007,30.0008 "
        "50.0004,30.0004 50.0008))",
        "POLYGON((30.0002 50.0009,30.0008 50.0000,30.0009 50.0000,30.0003 50.0002,30.0007 50.0003,30.0001 "
        "50.0007,30.0002 50.0009))",
        "POLYGON((30.0004 50.0005,30.0002 50.0009,30.0001 50.0009,30.0004 50.0009,30.0001 50.0000,30.0004 "
        "50.0005))",
        "POLYGON((30.0000 50.0000,30.0001 50.0005,30.0009 50.0009,30.0005 50.0000,30.0009 50.0000,30.0003 "
        "50.0000,30.0009 50.0005,30.0000 50.0000))"};
    hrm_context *const ctx = hrmt_context();
    hrm_layer *const layer = hrmt_layer(ctx, UNITS, codes, wkt);
    const hrmi_shapes *const shapes = hrmi_layer_shapes(layer);
    hrmi_tree tree;
    hrmi_tree overlaps;
    hrmi_faces faces;
    hrmt_ok(ctx, hrmi_tree_of_shapes(ctx, shapes, &tree));
    hrmt_ok(ctx, hrmi_faces_find(ctx, shapes, &tree, &faces));
    hrmt_ok(ctx, hrmi_tree_of_shapes(ctx, &faces.overlaps, &overlaps));
    for (size_t i = 0; i < UNITS; i++)
        for (size_t k = 0; k < i; k++) {
            double common = 0.0;
            for (size_t z = 0; z < faces.overlaps.unit_count; z++) {
                size_t members = 0;
                for (size_t m = faces.member_start[z]; m < faces.member_start[z + 1]; m++)
                    members += faces.members[m] == i || faces.members[m] == k;
                if (members == 2) common += area_of(&overlaps, z);
            }
            const double expected = hrmi_area_share(&tree, i, &tree, k) * area_of(&tree, i);
            ck_assert_msg(fabs(common - expected) < 0.001, "%zu and %zu: %.6f, not %.6f m²", i, k, common,
                          expected);
        }
    hrmi_tree_free(&overlaps);
    hrmi_faces_free(&faces);
    hrmi_tree_free(&tree);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(boxes_that_meet) {
    enum { BOXES = 300 };
    uint64_t state = 11;
    double box[4 * BOXES];
    hrmi_boxes boxes;
    hrm_context *const ctx = hrmt_context();
    for (size_t i = 0; i < BOXES; i++) {
        const double width = i % 10 == 0 ? 5.0 : 0.5;
        box[4 * i] = floor(hrmt_random(&state) * 40.0) / 4.0;
        box[4 * i + 1] = floor(hrmt_random(&state) * 40.0) / 4.0;
        box[4 * i + 2] = box[4 * i] + width;
        box[4 * i + 3] = box[4 * i + 1] + width;
        if (i % 7 == 0) box[4 * i] = NAN;
    }
    hrmt_ok(ctx, hrmi_boxes_build(ctx, box, BOXES, &boxes));
    for (size_t i = 1; i < BOXES; i++) {
        bool met[BOXES] = {false};
        if (i % 7 == 0) continue;
        const double *const q = box + 4 * i;
        hrmi_box_walk walk = hrmi_boxes_walk(&boxes, q);
        for (size_t u = hrmi_boxes_next(&walk); u != HRM_NONE; u = hrmi_boxes_next(&walk)) {
            ck_assert(!met[u]);
            met[u] = true;
        }
        ck_assert_uint_eq(hrmi_boxes_next(&walk), HRM_NONE);
        for (size_t k = 0; k < BOXES; k++) {
            const double *const b = box + 4 * k;
            ck_assert(met[k] == (b[0] <= q[2] && q[0] <= b[2] && b[1] <= q[3] && q[1] <= b[3]));
        }
    }
    hrmi_boxes_free(&boxes);
    hrmi_boxes_free(&boxes); /* of an empty one: nothing */
    hrm_context_free(ctx);
}
END_TEST

static hrm_status find(hrm_context *ctx, void *user) {
    const case_of *const c = user;
    hrmi_faces faces;
    const hrm_status status = hrmi_faces_find(ctx, &c->shapes, &c->tree, &faces);
    hrmi_faces_free(&faces);
    return status;
}

START_TEST(memory_may_fail_anywhere) {
    static const char *const wkt[] = {"POLYGON((0 0,3 0,3 1,2 1,2 0.5,1 0.5,1 1,0 1,0 0))",
                                      "POLYGON((0 0.9,3 0.9,3 2,0 2,0 0.9))",
                                      "POLYGON((0 1,1 1,1 2,0 2,0 1))"};
    case_of c = look(wkt, 3);
    ck_assert(c.faces.overlaps.unit_count > 1 && c.faces.gaps.unit_count == 1);
    hrmt_fail_each(find, &c);
    drop(&c);
}
END_TEST

HRMT_SUITE("faces", &squares, &units_on_one_another_and_holes, &random_units_add_up, &faces_with_spikes,
           &boxes_that_meet, &memory_may_fail_anywhere)
