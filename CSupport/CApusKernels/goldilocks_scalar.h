/* Goldilocks, p = 2^64 - 2^32 + 1: sums and products of single words. */
#ifndef APUS_GOLDILOCKS_SCALAR_H
#define APUS_GOLDILOCKS_SCALAR_H

#include "include/apus_goldilocks.h"

/* a - b; a any word, b in [0, p]; in [0, p) if both are, else any word congruent to it. */
static inline uint64_t goldilocks_sub1(uint64_t a, uint64_t b) { return a < b ? a - b + APUS_GOLDILOCKS_P : a - b; }

/* top * 2^96 + middle * 2^64 + low, of middle the low half only, top below 2^63; in [0, p). How: goldilocks_ops.h. */
static inline uint64_t goldilocks_reduce_parts1(uint64_t middle, uint64_t low, uint64_t top) {
  uint64_t t = (middle & APUS_GOLDILOCKS_EPSILON) * APUS_GOLDILOCKS_EPSILON + APUS_GOLDILOCKS_EPSILON;
  uint64_t r = goldilocks_sub1(low, top) + t;
  return r - (r < t ? 0 : APUS_GOLDILOCKS_EPSILON);
}
/* t mod p. */
static inline uint64_t goldilocks_reduce1(unsigned __int128 t) {
  return goldilocks_reduce_parts1((uint64_t)(t >> 64), (uint64_t)t, (uint64_t)(t >> 96));
}

/* a + b mod p, for a, b in [0, p). */
static inline uint64_t goldilocks_add1(uint64_t a, uint64_t b) {
  uint64_t minus = APUS_GOLDILOCKS_P - b;
  return a < minus ? a + b : a - minus;
}
/* a * b mod p, for any words a, b. */
static inline uint64_t goldilocks_mul1(uint64_t a, uint64_t b) { return goldilocks_reduce1((unsigned __int128)a * b); }

#endif
