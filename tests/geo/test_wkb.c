/* Reading well-known binary: every type and dialect, and every way to be damaged. */
#include "geo/geometry.h"
#include "harness/wkt.h"

static hrm_context *ctx;
static hrmi_geometry g;

static void begin(void) {
    ctx = hrmt_context();
    hrmi_geometry_init(&g, ctx);
}

static void end(void) {
    hrmi_geometry_free(&g);
    hrm_context_free(ctx);
}

/* Bytes from hexadecimal digits, blanks between them as one likes; the caller free()s them. */
static uint8_t *from_hex(const char *hex, size_t *size) {
    uint8_t *const bytes = malloc(strlen(hex) + 1);
    size_t digits = 0;
    for (; *hex != '\0'; hex++) {
        const char *const all = "0123456789abcdef";
        const char *const found = strchr(all, *hex);
        if (found == NULL) continue;
        const unsigned value = (unsigned)(found - all);
        bytes[digits / 2] = (uint8_t)(digits % 2 == 0 ? value << 4 : bytes[digits / 2] | value);
        digits++;
    }
    *size = digits / 2;
    uint8_t *const exact = malloc(*size > 0 ? *size : 1); /* so that reading beyond is seen */
    memcpy(exact, bytes, *size);
    free(bytes);
    return exact;
}

static hrm_status read_hex(const char *hex) {
    size_t size = 0;
    uint8_t *const bytes = from_hex(hex, &size);
    const hrm_status status = hrmi_wkb_read(ctx, bytes, size, &g);
    free(bytes);
    return status;
}

static hrm_status read_wkt(const char *wkt) {
    size_t size = 0;
    uint8_t *const bytes = hrmt_wkb(wkt, &size);
    const hrm_status status = hrmi_wkb_read(ctx, bytes, size, &g);
    free(bytes);
    return status;
}

#define ONE "000000000000f03f"
#define TWO "0000000000000040"
#define TEN "0000000000002440"

START_TEST(a_point_in_every_dialect) {
    static const char *const points[] = {
        "01 01000000" ONE TWO,                           /* OGC */
        "00 00000001 3ff0000000000000 4000000000000000", /* big endian */
        "01 e9030000" ONE TWO TEN,                       /* ISO, Z */
        "01 d1070000" ONE TWO TEN,                       /* ISO, M */
        "01 b90b0000" ONE TWO TEN TEN,                   /* ISO, Z and M */
        "01 01000080" ONE TWO TEN,                       /* EWKB or OGC 2.5D, Z */
        "01 01000040" ONE TWO TEN,                       /* EWKB, M */
        "01 010000e0 e6100000" ONE TWO TEN TEN,          /* EWKB, Z and M and SRID 4326 */
        "01 01000020 e6100000" ONE TWO                   /* EWKB, SRID */
    };
    static const double z[] = {0, 0, 10, 0, 10, 10, 0, 10, 0};
    begin();
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        hrmi_geometry_clear(&g);
        hrmt_ok(ctx, read_hex(points[i]));
        ck_assert_uint_eq(g.part_count, 1);
        ck_assert_uint_eq(g.vertex_count, 1);
        ck_assert_int_eq(g.part_kind[0], HRMI_POINT);
        ck_assert_msg(g.x[0] == 1.0 && g.y[0] == 2.0 && g.z[0] == z[i], "dialect %zu", i);
    }
    end();
}
END_TEST

START_TEST(parts_and_paths) {
    begin();
    hrmt_ok(ctx, read_wkt("GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1,2 0),"
                          "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0),(1 1,1 2,2 2,1 1)),((5 5,6 5,6 6,5 5))),"
                          "GEOMETRYCOLLECTION(MULTIPOINT(7 7,8 8),MULTILINESTRING((0 0,1 0),(0 1,1 1))))"));
    ck_assert_uint_eq(g.part_count, 8);
    static const uint8_t kinds[] = {HRMI_POINT, HRMI_LINE,  HRMI_POLYGON, HRMI_POLYGON,
                                    HRMI_POINT, HRMI_POINT, HRMI_LINE,    HRMI_LINE};
    ck_assert_mem_eq(g.part_kind, kinds, sizeof kinds);
    ck_assert_uint_eq(g.path_count, 9);
    ck_assert_uint_eq(g.part_start[2], 2);
    ck_assert_uint_eq(g.part_start[3], 4); /* the first polygon has a hole */
    ck_assert_uint_eq(g.path_start[2], 4);
    ck_assert_uint_eq(g.path_start[3], 9);
    ck_assert_uint_eq(g.vertex_count, 1 + 3 + 5 + 4 + 4 + 2 + 4);
    ck_assert_double_eq(g.x[9], 1.0);
    ck_assert_double_eq(g.y[10], 2.0);
    end();
}
END_TEST

START_TEST(appending_and_going_back) {
    begin();
    hrmt_ok(ctx, read_wkt("POLYGON((0 0,1 0,1 1,0 0))"));
    const hrmi_geometry_mark mark = hrmi_geometry_here(&g);
    hrmt_ok(ctx, read_wkt("MULTIPOINT(3 4,5 6)"));
    ck_assert_uint_eq(g.part_count, 3);
    ck_assert_double_eq(g.x[4], 3.0);
    hrmi_geometry_cut(&g, mark);
    ck_assert_uint_eq(g.part_count, 1);
    ck_assert_uint_eq(g.vertex_count, 4);
    hrmt_ok(ctx, read_wkt("POINT(9 9)"));
    ck_assert_uint_eq(g.path_start[g.part_start[1]], 4);
    ck_assert_uint_eq(g.path_start[2], 5);
    end();
}
END_TEST

START_TEST(what_is_empty_is_no_part) {
    static const char *const empty[] = {
        "POINT EMPTY",        "LINESTRING EMPTY",         "POLYGON EMPTY",
        "MULTIPOLYGON EMPTY", "GEOMETRYCOLLECTION EMPTY", "GEOMETRYCOLLECTION(POINT EMPTY,POLYGON EMPTY)"};
    begin();
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        hrmt_ok(ctx, read_wkt(empty[i]));
        ck_assert_uint_eq(g.part_count, 0);
        ck_assert_uint_eq(g.vertex_count, 0);
    }
    hrmt_ok(ctx, read_hex("01 03000000 01000000 00000000")); /* one ring without points */
    ck_assert_uint_eq(g.part_count, 0);
    end();
}
END_TEST

START_TEST(surfaces_of_other_names) {
    begin();
    hrmt_ok(ctx, read_hex("01 11000000 01000000 04000000" ONE ONE TWO ONE TWO TWO ONE ONE)); /* triangle */
    ck_assert_uint_eq(g.part_count, 1);
    ck_assert_int_eq(g.part_kind[0], HRMI_POLYGON);
    hrmi_geometry_clear(&g);
    /* a multisurface of one polygon */
    hrmt_ok(ctx,
            read_hex("01 0c000000 01000000 01 03000000 01000000 04000000" ONE ONE TWO ONE TWO TWO ONE ONE));
    ck_assert_uint_eq(g.part_count, 1);
    end();
}
END_TEST

START_TEST(damage_is_told_and_leaves_nothing_behind) {
    static const struct {
        const char *hex;
        const char *words;
    } damaged[] = {
        {"", "byte 0 of 0: cut short"},
        {"01 0100", "cut short"},
        {"02 01000000" ONE TWO, "the byte order must be 0 or 1"},
        {"01 01000000" ONE "0000", "cut short"},
        {"01 01000020 e610", "cut short"},
        {"01 01000000" ONE TWO "00", "byte 21 of 22: bytes are left over"},
        {"01 00000000" ONE TWO, "no such type"},
        {"01 12000000 00000000", "no such type"},
        {"01 a90f0000" ONE TWO, "no such type"}, /* 4009 */
        {"01 08000000 00000000", "a curve"},
        {"01 0a000000 00000000", "a curve"},
        {"01 02000000 ffffffff" ONE TWO, "cut short"},
        {"01 03000000 ffffffff 00000000", "a polygon with holes but without an outline"},
        {"01 03000000 01000000 ffffffff" ONE, "cut short"},
        {"01 03000000 02000000 04000000" ONE ONE TWO ONE TWO TWO ONE ONE, "cut short"},
        {"01 01000000" ONE "000000000000f07f", "a coordinate that is no number"}, /* infinity */
        {"01 02000000 01000000" ONE "000000000000f87f", "a coordinate that is no number"},
        {"01 06000000 01000000 01 01000000" ONE TWO, "another type than its own"},
        {"01 04000000 ffffffff", "cut short"},
    };
    begin();
    hrmt_ok(ctx, read_wkt("POINT(9 9)"));
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        hrmt_fails(ctx, read_hex(damaged[i].hex), HRM_ERROR_GEOMETRY, damaged[i].words);
        ck_assert_uint_eq(g.part_count, 1);
        ck_assert_uint_eq(g.path_count, 1);
        ck_assert_uint_eq(g.vertex_count, 1);
    }
    end();
}
END_TEST

/* depth collections, one in the other, around a point */
static hrm_status read_nested(size_t depth) {
    char hex[64 * 20];
    hex[0] = '\0';
    for (size_t i = 0; i < depth; i++) strcat(hex, "01 07000000 01000000 ");
    strcat(hex, "01 01000000" ONE TWO);
    return read_hex(hex);
}

START_TEST(nesting_is_bounded) {
    begin();
    hrmt_ok(ctx, read_nested(32));
    ck_assert_uint_eq(g.part_count, 1);
    hrmt_fails(ctx, read_nested(33), HRM_ERROR_GEOMETRY, "nested more than 32 deep");
    end();
}
END_TEST

static hrm_status read_much(hrm_context *c, void *user) {
    hrmi_geometry much;
    hrm_status status = HRM_OK;
    size_t size = 0;
    uint8_t *const bytes = hrmt_wkb(user, &size);
    hrmi_geometry_init(&much, c);
    for (int i = 0; i < 40 && status == HRM_OK; i++) status = hrmi_wkb_read(c, bytes, size, &much);
    if (status == HRM_OK) ck_assert_uint_eq(much.part_count, 80);
    hrmi_geometry_free(&much);
    free(bytes);
    return status;
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    static char wkt[] = "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0),(1 1,1 2,2 2,1 1)),((5 5,6 5,6 6,5 5)))";
    hrmt_fail_each(read_much, wkt);
}
END_TEST

HRMT_SUITE("wkb", &a_point_in_every_dialect, &parts_and_paths, &appending_and_going_back,
           &what_is_empty_is_no_part, &surfaces_of_other_names, &damage_is_told_and_leaves_nothing_behind,
           &nesting_is_bounded, &nothing_is_lost_when_memory_runs_out)
