/* Goldilocks, p = 2^64 - 2^32 + 1, over single words in plain form. Include after a level's header. */
#ifndef APUS_GOLDILOCKS_SCALAR_H
#define APUS_GOLDILOCKS_SCALAR_H

#include "include/apus_goldilocks.h"

/* a - b; a, b any words; in [0, p) if both are, else any word congruent to it. */
INLINE uint64_t goldilocks_sub1(uint64_t a, uint64_t b) { return a < b ? a - b + APUS_GOLDILOCKS_P : a - b; }
/* top * 2^96 + middle * 2^64 + low, of middle the low half only, top below 2^32; in [0, p). How: goldilocks_ops.h. */
INLINE uint64_t goldilocks_reduce1(uint64_t middle, uint64_t low, uint64_t top) {
  uint64_t t = (middle & APUS_GOLDILOCKS_EPSILON) * APUS_GOLDILOCKS_EPSILON + APUS_GOLDILOCKS_EPSILON;
  uint64_t r = goldilocks_sub1(low, top) + t;
  return r - (r < t ? 0 : APUS_GOLDILOCKS_EPSILON);
}
/* a * b in [0, p), for any words a, b. */
INLINE uint64_t goldilocks_mul1(uint64_t a, uint64_t b) {
  unsigned __int128 t = (unsigned __int128)a * b;
  uint64_t high = (uint64_t)(t >> 64);
  return goldilocks_reduce1(high, (uint64_t)t, high >> 32);
}

#endif
