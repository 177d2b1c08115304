/* ISO WKB of polygons, little endian, byte by byte: the same on every machine. */
#include "geo/shapes.h"

enum { COUNT_SIZE = 4, HEADER_SIZE = 9, VERTEX_SIZE = 16 };

size_t hrmi_shapes_wkb_size(const hrmi_shapes *s, size_t unit) {
    const size_t parts = s->unit_start[unit + 1] - s->unit_start[unit];
    const size_t rings = s->part_start[s->unit_start[unit + 1]] - s->part_start[s->unit_start[unit]];
    const size_t vertices = hrmi_shapes_end_vertex(s, unit) - hrmi_shapes_first_vertex(s, unit);
    if (parts == 0) return 0;
    return HEADER_SIZE + parts * HEADER_SIZE + rings * COUNT_SIZE + vertices * VERTEX_SIZE;
}

static uint8_t *put_unsigned(uint8_t *at, uint64_t value, size_t size) {
    for (size_t i = 0; i < size; i++) *at++ = (uint8_t)(value >> (8 * i));
    return at;
}

static uint8_t *put_double(uint8_t *at, double value) {
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    return put_unsigned(at, bits, 8);
}

static uint8_t *put_header(uint8_t *at, uint32_t type, size_t count) {
    *at++ = 1; /* little endian */
    at = put_unsigned(at, type, 4);
    return put_unsigned(at, count, 4);
}

void hrmi_shapes_wkb(const hrmi_shapes *s, size_t unit, uint8_t *at) {
    if (s->unit_start[unit] == s->unit_start[unit + 1]) return;
    at = put_header(at, 6, s->unit_start[unit + 1] - s->unit_start[unit]);
    for (size_t q = s->unit_start[unit]; q < s->unit_start[unit + 1]; q++) {
        at = put_header(at, 3, s->part_start[q + 1] - s->part_start[q]);
        for (size_t r = s->part_start[q]; r < s->part_start[q + 1]; r++) {
            at = put_unsigned(at, s->ring_start[r + 1] - s->ring_start[r], COUNT_SIZE);
            for (size_t v = s->ring_start[r]; v < s->ring_start[r + 1]; v++)
                at = put_double(put_double(at, s->x[v]), s->y[v]);
        }
    }
}
