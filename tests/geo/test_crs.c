/* To WGS 84: against cs2cs (crs_cases.txt), and what cannot be brought over. */
#include "base/number.h"
#include "geo/crs.h"
#include "harness/harness.h"

/* 1e-10 degrees are 0.01 mm; the cases are written to 1e-12. */
#define CLOSE 1e-10

static double field(char **at) {
    double value = 0.0;
    const size_t length = strcspn(*at, "|\n");
    ck_assert_msg(hrmi_number_read(*at, length, &value), "no number: %s", *at);
    *at += length + 1;
    return value;
}

START_TEST(as_cs2cs_says) {
    hrm_context *ctx = hrmt_context();
    FILE *const file = fopen(HRMT_SOURCE_DIR "/tests/geo/crs_cases.txt", "r");
    char line[512];
    int cases = 0;
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#') continue;
        char *at = line + strcspn(line, "|");
        *at++ = '\0';
        double x = field(&at);
        double y = field(&at);
        double z = field(&at);
        const double lon = field(&at);
        const double lat = field(&at);
        hrmi_crs *crs = NULL;
        size_t failed = 1;
        hrmt_ok(ctx, hrmi_crs_open(ctx, line, &crs));
        hrmt_ok(ctx, hrmi_crs_to_wgs84(ctx, crs, 1, &x, &y, &z, &failed));
        ck_assert_uint_eq(failed, 0);
        ck_assert_msg(fabs(x - lon) < CLOSE && fabs(y - lat) < CLOSE, "%s: off by %g and %g", line, x - lon,
                      y - lat);
        hrmi_crs_free(crs);
        cases++;
    }
    (void)fclose(file);
    ck_assert_int_gt(cases, 20);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(wgs84_is_known_in_many_words) {
    static const char *const words[] = {
        "EPSG:4326", "epsg:4326", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "+proj=longlat +datum=WGS84 +no_defs",
        "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
        "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]",
        /* as Esri writes it */
        "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],"
        "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"};
    hrm_context *ctx = hrmt_context();
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        hrmi_crs *crs = NULL;
        double x = 30.25;
        double y = 50.75;
        size_t failed = 0;
        hrmt_ok(ctx, hrmi_crs_open(ctx, words[i], &crs));
        ck_assert_msg(hrmi_crs_is_wgs84(crs), "%s", words[i]);
        hrmt_ok(ctx, hrmi_crs_to_wgs84(ctx, crs, 1, &x, &y, NULL, &failed));
        ck_assert_double_eq(x, 30.25);
        ck_assert_double_eq(y, 50.75);
        hrmi_crs_free(crs);
    }
    hrm_context_free(ctx);
}
END_TEST

START_TEST(degrees_that_cannot_be) {
    hrm_context *ctx = hrmt_context();
    hrmi_crs *crs = NULL;
    double x[] = {180.0, 190.5, -180.0, -200.0, 600.0, 30.0, 3397849.0};
    double y[] = {0.0, 0.0, 0.0, 0.0, 0.0, 90.5, 6520800.0};
    size_t failed = 0;
    hrmt_ok(ctx, hrmi_crs_open(ctx, "EPSG:4326", &crs));
    hrmt_ok(ctx, hrmi_crs_to_wgs84(ctx, crs, 7, x, y, NULL, &failed));
    ck_assert_uint_eq(failed, 3);
    ck_assert_double_eq(x[0], 180.0);
    ck_assert_double_eq(x[1], -169.5);
    ck_assert_double_eq(x[2], -180.0);
    ck_assert_double_eq(x[3], 160.0);
    for (size_t i = 4; i < 7; i++) ck_assert(isnan(x[i]) && isnan(y[i]));
    hrmi_crs_free(crs);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(places_outside_a_projection_are_counted) {
    hrm_context *ctx = hrmt_context();
    hrmi_crs *crs = NULL;
    double x[] = {324116.4, 1e30};
    double y[] = {5591713.2, 1e30};
    size_t failed = 0;
    hrmt_ok(ctx, hrmi_crs_open(ctx, "EPSG:32636", &crs));
    hrmt_ok(ctx, hrmi_crs_to_wgs84(ctx, crs, 2, x, y, NULL, &failed));
    ck_assert_uint_eq(failed, 1);
    ck_assert_double_eq_tol(x[0], 30.522424343067, CLOSE);
    ck_assert(isnan(x[1]) && isnan(y[1]));
    ck_assert_str_eq(hrm_error_message(ctx), "");
    hrmi_crs_free(crs);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(a_geocentric_system_needs_three_coordinates) {
    hrm_context *ctx = hrmt_context();
    hrmi_crs *crs = NULL;
    double x = 3507263.5;
    double y = 2067825.25;
    double z = 0.0;
    size_t failed = 0;
    hrmt_ok(ctx, hrmi_crs_open(ctx, "EPSG:5558", &crs));
    hrmt_fails(ctx, hrmi_crs_to_wgs84(ctx, crs, 1, &x, &y, NULL, &failed), HRM_ERROR_CRS, "EPSG:5561");
    hrmt_fails(ctx, hrmi_crs_to_wgs84(ctx, crs, 1, &x, &y, &z, &failed), HRM_ERROR_CRS, "three coordinates");
    hrmt_ok(ctx, hrmi_crs_to_wgs84(ctx, crs, 0, NULL, NULL, NULL, &failed));
    hrmi_crs_free(crs);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(what_is_no_reference_system) {
    static const char *const wrong[] = {
        "EPSG:999999", "nonsense", "", "+proj=nosuch", "GEOGCS[", "+proj=pipeline +step +proj=utm +zone=36"};
    hrm_context *ctx = hrmt_context();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        hrmi_crs *crs = (hrmi_crs *)1;
        hrmt_fails(ctx, hrmi_crs_open(ctx, wrong[i], &crs), HRM_ERROR_CRS, wrong[i]);
        ck_assert_ptr_null(crs);
    }
    hrm_context_free(ctx);
}
END_TEST

static void note(int32_t level, const char *message, void *user) {
    if (level == HRM_LOG_WARNING) (void)snprintf(user, 256, "%s", message);
}

START_TEST(a_name_is_not_guessed) {
    static const struct {
        const char *definition, *meant;
    } parts[] = {
        {"WGS", "WGS 72"}, {"Pulkovo", "Pulkovo 1995"}, {"Ukraine", "UCS-2000"}, {"zz", "Deir ez Zor"}};
    static const char *const whole[] = {"WGS 84", "WGS84", "wgs 84", "Pulkovo 1942",
                                        "WGS 84 / Pseudo-Mercator"};
    hrm_context *ctx = hrmt_context();
    hrmi_crs *crs = NULL;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        hrmt_fails(ctx, hrmi_crs_open(ctx, parts[i].definition, &crs), HRM_ERROR_CRS, parts[i].meant);
        ck_assert_ptr_null(crs);
    }
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        hrmt_ok(ctx, hrmi_crs_open(ctx, whole[i], &crs));
        hrmi_crs_free(crs);
    }
    hrm_context_free(ctx);
}
END_TEST

START_TEST(heights_are_no_places) {
    hrm_context *ctx = hrmt_context();
    hrmi_crs *crs = NULL;
    hrmt_fails(ctx, hrmi_crs_open(ctx, "EPSG:5773", &crs), HRM_ERROR_CRS, "a system of heights");
    hrmt_ok(ctx, hrmi_crs_open(ctx, "EPSG:4326+5773", &crs)); /* places, and heights beside them */
    hrmi_crs_free(crs);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(a_datum_that_nobody_knows_is_told) {
    hrm_context *ctx = hrmt_context();
    hrmi_crs *crs = NULL;
    char told[256] = "";
    hrm_context_set_log(ctx, note, told);
    hrmt_ok(ctx, hrmi_crs_open(ctx, "EPSG:4284", &crs));
    ck_assert_str_eq(told, "");
    hrmi_crs_free(crs);
    hrmt_ok(ctx, hrmi_crs_open(ctx, "+proj=longlat +ellps=krass", &crs));
    ck_assert_msg(strstr(told, "knows no way from its datum") != NULL, "%s", told);
    hrmi_crs_free(crs);
    hrm_context_free(ctx);
}
END_TEST

static hrm_status open_and_go(hrm_context *ctx, void *user) {
    hrmi_crs *crs = NULL;
    double x = 324116.4;
    double y = 5591713.2;
    size_t failed = 0;
    hrm_status status = hrmi_crs_open(ctx, user, &crs);
    if (status == HRM_OK) status = hrmi_crs_to_wgs84(ctx, crs, 1, &x, &y, NULL, &failed);
    hrmi_crs_free(crs);
    return status;
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    static char code[] = "EPSG:32636";
    static char text[] = "+proj=utm +zone=36 +datum=WGS84";
    hrmt_fail_each(open_and_go, code);
    hrmt_fail_each(open_and_go, text);
}
END_TEST

HRMT_SUITE("crs", &as_cs2cs_says, &wgs84_is_known_in_many_words, &degrees_that_cannot_be,
           &places_outside_a_projection_are_counted, &a_geocentric_system_needs_three_coordinates,
           &what_is_no_reference_system, &a_name_is_not_guessed, &heights_are_no_places,
           &a_datum_that_nobody_knows_is_told, &nothing_is_lost_when_memory_runs_out)
