/* BabyBear products of single words, for a kernel's set-up. */
#ifndef APUS_BABYBEAR_SCALAR_H
#define APUS_BABYBEAR_SCALAR_H

#include <stdint.h>

/* 2^32 mod p, 2^64 mod p, -1 / p mod 2^32. */
enum { BABYBEAR_ONE = 0x0ffffffe, BABYBEAR_R2 = 0x45dddde3, BABYBEAR_MINUS_INVERSE_P = 0x77ffffff };

/* t * 2^-32 mod p, in [0, p), for t < 2^32 p. */
static inline uint32_t babybear_reduce1(uint64_t t) {
  uint32_t q = (uint32_t)t * 0x88000001u;
  uint32_t high = (uint32_t)(t >> 32), minus = (uint32_t)(((uint64_t)q * 0x78000001u) >> 32);
  return high < minus ? high - minus + 0x78000001u : high - minus;
}

/* a * b * 2^-32 mod p, in [0, p), for a, b in [0, p). */
static inline uint32_t babybear_mul1(uint32_t a, uint32_t b) { return babybear_reduce1((uint64_t)a * b); }

/* a + b mod p, for a, b in [0, p). */
static inline uint32_t babybear_add1(uint32_t a, uint32_t b) {
  uint32_t sum = a + b;
  return sum < 0x78000001u ? sum : sum - 0x78000001u;
}

/* a as a signed word of least size, for a in [0, p). */
static inline uint32_t babybear_centred1(uint32_t a) { return a > 0x3c000000u ? a - 0x78000001u : a; }

#endif
