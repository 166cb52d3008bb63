/* BabyBear products of single words, for a kernel's set-up. */
#ifndef APUS_BABYBEAR_SCALAR_H
#define APUS_BABYBEAR_SCALAR_H

#include <stdint.h>

/* a * b * 2^-32 mod p, in [0, p), for a, b in [0, p). */
static inline uint32_t babybear_mul1(uint32_t a, uint32_t b) {
  uint64_t t = (uint64_t)a * b;
  uint32_t q = (uint32_t)t * 0x88000001u;
  uint32_t high = (uint32_t)(t >> 32), minus = (uint32_t)(((uint64_t)q * 0x78000001u) >> 32);
  return high < minus ? high - minus + 0x78000001u : high - minus;
}

#endif
