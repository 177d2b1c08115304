/*
 * Random numbers that are a function of where they are used: (seed, row, permutation, draw). The n-th number
 * of a row is the same on every machine, for any number of threads and any order of the work.
 *
 * Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
 * doi:10.1145/2063384.2063405. It has no state to seed or to carry along, and passes BigCrush. Not for
 * secrets.
 */
#ifndef HRMI_RANDOM_H
#define HRMI_RANDOM_H

#include <stdint.h>

/* The ten rounds themselves: 128 random bits for a counter and a key. */
void hrmi_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/* A walk along the draws of one (seed, row, permutation). A plain struct; one per use, on the stack. */
typedef struct hrmi_random {
    uint64_t seed;
    uint64_t row;
    uint64_t spare; /* the second half of the last block */
    uint32_t permutation;
    uint32_t block; /* of two draws each, the next one */
    uint32_t has_spare;
} hrmi_random;

/* Stand before draw 0. */
void hrmi_random_start(hrmi_random *random, uint64_t seed, uint64_t row, uint32_t permutation);

/* The next draw: 64 random bits. They begin again after 2^33 draws. */
uint64_t hrmi_random_next(hrmi_random *random);

/*
 * A whole number from 0 up to bound - 1, each exactly as likely as the others; bound > 0. Takes one draw, and
 * rarely more (probability bound / 2^64 each). Source: Lemire 2019, doi:10.1145/3230636.
 */
uint64_t hrmi_random_below(hrmi_random *random, uint64_t bound);

/* One of the 2^53 multiples of 2^-53 in [0, 1), each equally likely. One draw. */
double hrmi_random_unit(hrmi_random *random);

#endif
