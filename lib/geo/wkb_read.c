/*
 * Well-known binary into a geometry. Collections may hold collections: what is open is kept on a small stack
 * of counters, so that depth costs no recursion and is bounded. Every count is checked against the bytes that
 * are left before memory is taken for it, so a small input can never ask for much.
 *
 * Source: OGC 06-103r4 (Simple Feature Access), 8.2; ISO 13249-3 for the type numbers 1000, 2000 and 3000
 * higher; PostGIS's EWKB flags for the high bits.
 */
#include "geo/geometry.h"

enum { MOST_NESTED = 32 };

enum {
    WKB_POINT = 1,
    WKB_LINE = 2,
    WKB_POLYGON = 3,
    WKB_MULTIPOINT = 4,
    WKB_MULTILINE = 5,
    WKB_MULTIPOLYGON = 6,
    WKB_COLLECTION = 7,
    WKB_MULTICURVE = 11,
    WKB_MULTISURFACE = 12,
    WKB_POLYHEDRON = 15,
    WKB_TIN = 16,
    WKB_TRIANGLE = 17
};

typedef struct reader {
    hrm_context *ctx;
    const uint8_t *bytes;
    size_t size;
    size_t at;
    hrmi_geometry *g;
} reader;

/* The header of one geometry: byte order, type and what its coordinates hold. */
typedef struct header {
    bool little;
    bool has_z;
    uint32_t type;
    size_t coordinates; /* doubles per vertex: 2, 3 or 4 */
} header;

static hrm_status damaged(const reader *r, const char *what) {
    return hrmi_fail(r->ctx, HRM_ERROR_GEOMETRY, "well-known binary, byte %zu of %zu: %s", r->at, r->size,
                     what);
}

static uint64_t unsigned_at(const uint8_t *bytes, size_t size, bool little) {
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) value |= (uint64_t)bytes[i] << (8 * (little ? i : size - 1 - i));
    return value;
}

static double double_at(const uint8_t *bytes, bool little) {
    const uint64_t bits = unsigned_at(bytes, 8, little);
    double value = 0.0;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static hrm_status read_count(reader *r, bool little, uint32_t *out) {
    if (r->size - r->at < 4) return damaged(r, "cut short");
    *out = (uint32_t)unsigned_at(r->bytes + r->at, 4, little);
    r->at += 4;
    return HRM_OK;
}

static hrm_status read_header(reader *r, header *h) {
    uint32_t type = 0;
    if (r->size - r->at < 5) return damaged(r, "cut short");
    const uint8_t order = r->bytes[r->at];
    if (order > 1) return damaged(r, "the byte order must be 0 or 1");
    h->little = order == 1;
    r->at++;
    const hrm_status status = read_count(r, h->little, &type);
    if (status != HRM_OK) return status;
    bool has_z = (type & UINT32_C(0x80000000)) != 0;
    bool has_m = (type & UINT32_C(0x40000000)) != 0;
    const bool has_srid = (type & UINT32_C(0x20000000)) != 0;
    type &= UINT32_C(0x1FFFFFFF);
    if (type >= 4000) return damaged(r, "no such type of geometry");
    has_z = has_z || type / 1000 == 1 || type / 1000 == 3;
    has_m = has_m || type / 1000 >= 2;
    h->type = type % 1000;
    h->has_z = has_z;
    h->coordinates = 2 + (size_t)has_z + (size_t)has_m;
    if (has_srid) {
        if (r->size - r->at < 4) return damaged(r, "cut short");
        r->at += 4;
    }
    return HRM_OK;
}

/* The vertices of one path, which the caller has opened. */
static hrm_status read_vertices(reader *r, const header *h, size_t count) {
    hrmi_geometry *const g = r->g;
    const size_t stride = h->coordinates * 8;
    const size_t first = g->vertex_count;
    if ((r->size - r->at) / stride < count) return damaged(r, "cut short");
    const hrm_status status = hrmi_geometry_add_vertices(r->ctx, g, count);
    if (status != HRM_OK) return status;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *const bytes = r->bytes + r->at;
        const double x = double_at(bytes, h->little);
        const double y = double_at(bytes + 8, h->little);
        const double z = h->has_z ? double_at(bytes + 16, h->little) : 0.0;
        if (!isfinite(x) || !isfinite(y)) return damaged(r, "a coordinate that is no number");
        g->x[first + i] = x;
        g->y[first + i] = y;
        g->z[first + i] = isfinite(z) ? z : 0.0;
        r->at += stride;
    }
    return HRM_OK;
}

static hrm_status read_point(reader *r, const header *h) {
    const size_t stride = h->coordinates * 8;
    if (r->size - r->at < stride) return damaged(r, "cut short");
    if (isnan(double_at(r->bytes + r->at, h->little)) && isnan(double_at(r->bytes + r->at + 8, h->little))) {
        r->at += stride; /* how an empty point is written */
        return HRM_OK;
    }
    hrm_status status = hrmi_geometry_add_part(r->ctx, r->g, HRMI_POINT);
    if (status == HRM_OK) status = hrmi_geometry_add_path(r->ctx, r->g);
    if (status == HRM_OK) status = read_vertices(r, h, 1);
    return status;
}

static hrm_status read_line(reader *r, const header *h) {
    uint32_t count = 0;
    hrm_status status = read_count(r, h->little, &count);
    if (status != HRM_OK || count == 0) return status;
    status = hrmi_geometry_add_part(r->ctx, r->g, HRMI_LINE);
    if (status == HRM_OK) status = hrmi_geometry_add_path(r->ctx, r->g);
    if (status == HRM_OK) status = read_vertices(r, h, count);
    return status;
}

static hrm_status read_polygon(reader *r, const header *h) {
    uint32_t rings = 0;
    bool opened = false;
    hrm_status status = read_count(r, h->little, &rings);
    for (uint32_t i = 0; status == HRM_OK && i < rings; i++) {
        uint32_t count = 0;
        status = read_count(r, h->little, &count);
        if (status != HRM_OK) break;
        if (count == 0 && opened) continue;
        if (count == 0 && rings > 1) return damaged(r, "a polygon with holes but without an outline");
        if (count == 0) break;
        if (!opened) status = hrmi_geometry_add_part(r->ctx, r->g, HRMI_POLYGON);
        opened = true;
        if (status == HRM_OK) status = hrmi_geometry_add_path(r->ctx, r->g);
        if (status == HRM_OK) status = read_vertices(r, h, count);
    }
    return status;
}

/* Whether a collection may hold a geometry of that type. */
static bool holds(uint32_t collection, uint32_t type) {
    switch (collection) {
    case WKB_MULTIPOINT:
        return type == WKB_POINT;
    case WKB_MULTILINE:
    case WKB_MULTICURVE:
        return type == WKB_LINE;
    case WKB_MULTIPOLYGON:
    case WKB_MULTISURFACE:
    case WKB_POLYHEDRON:
    case WKB_TIN:
        return type == WKB_POLYGON || type == WKB_TRIANGLE;
    default:
        return true;
    }
}

static bool is_collection(uint32_t type) {
    return (type >= WKB_MULTIPOINT && type <= WKB_COLLECTION) || type == WKB_MULTICURVE ||
           type == WKB_MULTISURFACE || type == WKB_POLYHEDRON || type == WKB_TIN;
}

static hrm_status read_simple(reader *r, const header *h) {
    switch (h->type) {
    case WKB_POINT:
        return read_point(r, h);
    case WKB_LINE:
        return read_line(r, h);
    case WKB_POLYGON:
    case WKB_TRIANGLE:
        return read_polygon(r, h);
    case 8:
    case 9:
    case 10:
    case 13:
    case 14:
        return damaged(
            r, "a curve: make straight lines of it first (ST_CurveToLine, or -nlt CONVERT_TO_LINEAR)");
    default:
        return damaged(r, "no such type of geometry");
    }
}

static hrm_status read_all(reader *r) {
    struct {
        uint32_t type;
        uint32_t left;
    } open[MOST_NESTED];
    size_t depth = 0;
    do {
        header h = {0};
        hrm_status status = read_header(r, &h);
        if (status != HRM_OK) return status;
        if (depth > 0) {
            if (!holds(open[depth - 1].type, h.type))
                return damaged(r, "a collection that holds another type than its own");
            open[depth - 1].left--;
        }
        if (is_collection(h.type)) {
            uint32_t count = 0;
            if (depth == MOST_NESTED) return damaged(r, "collections nested more than 32 deep");
            status = read_count(r, h.little, &count);
            open[depth].type = h.type;
            open[depth].left = count;
            depth++;
        } else {
            status = read_simple(r, &h);
        }
        if (status != HRM_OK) return status;
        while (depth > 0 && open[depth - 1].left == 0) depth--;
    } while (depth > 0);
    return HRM_OK;
}

hrm_status hrmi_wkb_read(hrm_context *ctx, const uint8_t *wkb, size_t size, hrmi_geometry *g) {
    reader r = {ctx, wkb, size, 0, g};
    const hrmi_geometry_mark before = hrmi_geometry_here(g);
    hrm_status status = read_all(&r);
    if (status == HRM_OK && r.at < size) status = damaged(&r, "bytes are left over behind the geometry");
    if (status != HRM_OK) hrmi_geometry_cut(g, before);
    return status;
}
