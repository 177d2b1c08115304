/*
 * Source rows as shapes: read, brought to WGS 84, repaired where invalid. A row that cannot be used stays a
 * row: its values are in the account.
 */
#include <inttypes.h>

#include "geo/crs.h"
#include "geo/overlay.h"
#include "measure/areal.h"

enum { ROWS_PER_REPORT = 256 };

typedef struct reader {
    hrmi_areal *a;
    hrmi_geometry read; /* all rows */
    hrmi_geometry made; /* what was repaired */
    hrmi_part_range *ranges;
} reader;

static hrm_status set_text(hrmi_areal *a, size_t i, const char *text) {
    a->report->rows[i].text = hrmi_arena_text(a->ctx, &a->report->texts, text, strlen(text));
    return a->report->rows[i].text != NULL ? HRM_OK : HRM_ERROR_MEMORY;
}

static hrm_status refuse(hrmi_areal *a, size_t i, const char *text) {
    a->report->rows[i].outcome = HRM_AREAL_UNUSABLE;
    return set_text(a, i, text);
}

static hrm_status read_rows(reader *r) {
    hrmi_areal *const a = r->a;
    for (size_t i = 0; i < a->in.count; i++) {
        hrm_status status = HRM_OK;
        const size_t first = r->read.part_count;
        if (a->in.wkb[i] != NULL && a->in.wkb_sizes[i] > 0)
            status = hrmi_wkb_read(a->ctx, a->in.wkb[i], a->in.wkb_sizes[i], &r->read);
        if (status == HRM_ERROR_GEOMETRY) {
            status = refuse(a, i, hrm_error_message(a->ctx));
            if (status == HRM_OK) hrmi_enter(a->ctx); /* told in the report, not an error */
        }
        if (status != HRM_OK) return status;
        r->ranges[i] = (hrmi_part_range){&r->read, first, r->read.part_count};
        if (i % ROWS_PER_REPORT != 0) continue;
        status = hrmi_progress(a->ctx, 0.1 * (double)i / (double)a->in.count, "reading areas");
        if (status != HRM_OK) return status;
    }
    return HRM_OK;
}

static size_t first_vertex(const hrmi_geometry *g, size_t part) {
    return g->path_count == 0 ? 0 : g->path_start[g->part_start[part]];
}

static hrm_status transform(reader *r) {
    hrmi_areal *const a = r->a;
    hrmi_geometry *const g = &r->read;
    hrmi_crs *crs = NULL;
    size_t failed = 0;
    hrm_status status = hrmi_crs_open(a->ctx, a->in.crs, &crs);
    if (status == HRM_OK) status = hrmi_crs_to_wgs84(a->ctx, crs, g->vertex_count, g->x, g->y, g->z, &failed);
    hrmi_crs_free(crs);
    if (status != HRM_OK) return hrmi_fail_in(a->ctx, status, "%s", a->in.source);
    for (size_t i = 0; failed > 0 && i < a->in.count && status == HRM_OK; i++) {
        hrmi_part_range *const range = &r->ranges[i];
        bool lost = false;
        if (range->first == range->end) continue;
        for (size_t v = first_vertex(g, range->first); v < first_vertex(g, range->end); v++)
            lost = lost || isnan(g->x[v]);
        if (!lost) continue;
        range->end = range->first;
        status = refuse(a, i,
                        "coordinates that cannot be brought to longitude and latitude: is the coordinate "
                        "reference system the right one?");
    }
    return status;
}

static bool has_polygons(const hrmi_part_range *range) {
    for (size_t q = range->first; q < range->end; q++)
        if (range->geometry->part_kind[q] == HRMI_POLYGON) return true;
    return false;
}

static hrm_status repair_row(reader *r, size_t i) {
    hrmi_areal *const a = r->a;
    hrmi_part_range *const range = &r->ranges[i];
    hrm_areal_row *const row = &a->report->rows[i];
    const size_t before = r->made.part_count;
    char why[HRMI_WHY_SIZE];
    bool changed = false;
    if (row->outcome == HRM_AREAL_UNUSABLE) return HRM_OK;
    if (!has_polygons(range))
        return refuse(a, i,
                      range->first == range->end ? "the geometry is empty"
                                                 : "points or lines where polygons should be");
    const hrm_status status = hrmi_polygons_repair(a->ctx, *range, &r->made, &changed, why);
    if (status == HRM_ERROR_GEOMETRY) {
        *range = (hrmi_part_range){&r->made, before, before};
        const hrm_status refused = refuse(a, i, hrm_error_message(a->ctx));
        if (refused == HRM_OK) hrmi_enter(a->ctx);
        return refused;
    }
    if (status != HRM_OK || !changed) return status;
    *range = (hrmi_part_range){&r->made, before, r->made.part_count};
    if (range->first == range->end) return refuse(a, i, "nothing that has an area");
    row->repaired = 1;
    a->report->counts.repaired++;
    return set_text(a, i, why);
}

static hrm_status repair(reader *r) {
    hrmi_areal *const a = r->a;
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < a->in.count && status == HRM_OK; i++) {
        status = repair_row(r, i);
        if (status == HRM_OK && i % ROWS_PER_REPORT == 0)
            status = hrmi_progress(a->ctx, 0.1 + 0.1 * (double)i / (double)a->in.count, "checking areas");
    }
    return status;
}

/* Once the log knows that there are such rows, the report tells which. */
static void tell(const hrmi_areal *a) {
    const hrm_areal_report *const report = a->report;
    size_t unusable = 0;
    const hrm_areal_row *first_unusable = NULL;
    const hrm_areal_row *first_repaired = NULL;
    for (size_t i = report->row_count; i-- > 0;) {
        const hrm_areal_row *const row = &report->rows[i];
        if (row->outcome == HRM_AREAL_UNUSABLE) {
            unusable++;
            first_unusable = row;
        } else if (row->repaired != 0) {
            first_repaired = row;
        }
    }
    if (first_unusable != NULL)
        hrmi_log(a->ctx, HRM_LOG_WARNING,
                 "%s: %zu of %zu rows have no polygon that can be used; the first is row %" PRId64 ": %s",
                 a->in.source, unusable, report->row_count, first_unusable->row, first_unusable->text);
    if (first_repaired != NULL)
        hrmi_log(a->ctx, HRM_LOG_WARNING,
                 "%s: invalid polygons of %zu rows made valid; the first is row %" PRId64 ": %s",
                 a->in.source, report->counts.repaired, first_repaired->row, first_repaired->text);
}

static hrm_status settle(reader *r) {
    hrmi_areal *const a = r->a;
    size_t usable = 0;
    hrm_status status = hrmi_shapes_build(a->ctx, r->ranges, a->in.count, &a->sources);
    for (size_t i = 0; i < a->in.count && status == HRM_OK; i++) {
        if (a->report->rows[i].outcome != HRM_AREAL_UNUSABLE && !(hrmi_shapes_area_m2(&a->sources, i) > 0.0))
            status = refuse(a, i, "nothing that has an area");
        if (a->report->rows[i].outcome != HRM_AREAL_UNUSABLE) usable++;
    }
    if (status != HRM_OK) return status;
    tell(a);
    if (usable > 0) return HRM_OK;
    return hrmi_fail(a->ctx, HRM_ERROR_GEOMETRY,
                     "%s: not one of its %zu rows has a polygon that can be used; the first: %s",
                     a->in.source, a->in.count, a->report->rows[0].text);
}

hrm_status hrmi_areal_rows(hrmi_areal *a) {
    reader r = {.a = a};
    hrmi_geometry_init(&r.read, a->ctx);
    hrmi_geometry_init(&r.made, a->ctx);
    for (size_t i = 0; i < a->in.count; i++) {
        a->report->rows[i].row = hrmi_areal_row_number(a, i);
        a->report->rows[i].text = "";
    }
    r.ranges = hrmi_array_new(a->ctx, a->in.count, sizeof *r.ranges);
    hrm_status status = r.ranges != NULL ? read_rows(&r) : HRM_ERROR_MEMORY;
    if (status == HRM_OK) status = transform(&r);
    if (status == HRM_OK) status = repair(&r);
    if (status == HRM_OK) status = settle(&r);
    hrmi_free(a->ctx, r.ranges);
    hrmi_geometry_free(&r.read);
    hrmi_geometry_free(&r.made);
    return status;
}
