/*
 * A square as well-known binary, by hand: for programs that make layers without GEOS and without Check.
 */
#ifndef HRMT_SQUARE_H
#define HRMT_SQUARE_H

#include <stdint.h>
#include <string.h>

enum { HRMT_SQUARE_SIZE = 93 }; /* order, type, rings, points: 13 bytes; 5 points of 16 */

/* The square with its lower left corner at x, y, in the byte order of this machine. */
static inline void hrmt_square(double x, double y, double side, uint8_t out[HRMT_SQUARE_SIZE]) {
    const double points[10] = {x, y, x + side, y, x + side, y + side, x, y + side, x, y};
    const uint32_t head[3] = {3, 1, 5}; /* polygon, one ring, five points */
    const uint16_t one = 1;
    memcpy(out, &one, 1); /* 1 on little-endian machines, and that is what the byte says */
    memcpy(out + 1, head, sizeof head);
    memcpy(out + 13, points, sizeof points);
}

#endif
