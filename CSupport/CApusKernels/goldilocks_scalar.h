/* Goldilocks sums and products of single words, for a kernel's set-up. */
#ifndef APUS_GOLDILOCKS_SCALAR_H
#define APUS_GOLDILOCKS_SCALAR_H

#include "include/apus_goldilocks.h"

/* t mod p. With epsilon = 2^32 - 1, 2^64 = epsilon and 2^96 = -1 modulo p. */
static inline uint64_t goldilocks_reduce1(unsigned __int128 t) {
  uint64_t low = (uint64_t)t, middle = (uint32_t)(t >> 64), top = (uint64_t)(t >> 96);
  uint64_t d = low < top ? low - top - APUS_GOLDILOCKS_EPSILON : low - top;
  uint64_t r = d + middle * APUS_GOLDILOCKS_EPSILON;
  if (r < d) r += APUS_GOLDILOCKS_EPSILON;
  return r < APUS_GOLDILOCKS_P ? r : r - APUS_GOLDILOCKS_P;
}

/* a + b and a * b mod p, for a, b in [0, p). */
static inline uint64_t goldilocks_add1(uint64_t a, uint64_t b) {
  uint64_t minus = APUS_GOLDILOCKS_P - b;
  return a < minus ? a + b : a - minus;
}
static inline uint64_t goldilocks_mul1(uint64_t a, uint64_t b) { return goldilocks_reduce1((unsigned __int128)a * b); }

#endif
