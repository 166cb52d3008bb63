/* Vector operations of the portable level: one 32-bit lane. Include a body after it, then level_end.h. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "checks.h"

#define LEVEL portable
#define LEVEL_ISA APUS_ISA_PORTABLE
#define LANES 1
#define LANES_LOG 0

#pragma clang attribute push(__attribute__((target("sse2"))), apply_to = function)


typedef uint32_t V;
#define INLINE static inline __attribute__((always_inline, unused))

INLINE V v_load(const uint32_t *p) { return *p; }
INLINE void v_store(uint32_t *p, V x) { *p = x; }
/* The first n words, 0 < n < LANES; the other lanes are zero. */
INLINE V v_load_first(const uint32_t *p, size_t n) { return n ? *p : 0; }
INLINE void v_store_first(uint32_t *p, size_t n, V x) {
  if (n) *p = x;
}
INLINE V v_set1(uint32_t x) { return x; }
/* *p in all lanes. */
INLINE V v_broadcast(const uint32_t *p) { return *p; }
INLINE V v_add(V a, V b) { return a + b; }
INLINE V v_sub(V a, V b) { return a - b; }
INLINE V v_mullo(V a, V b) { return a * b; }
INLINE V v_min(V a, V b) { return a < b ? a : b; }
INLINE V v_and(V a, V b) { return a & b; }
INLINE V v_or(V a, V b) { return a | b; }
INLINE V v_xor(V a, V b) { return a ^ b; }
/* (~a) & b */
INLINE V v_andnot(V a, V b) { return ~a & b; }
#define v_shl(x, k) ((x) << (k))
#define v_shr(x, k) ((x) >> (k))
#define v_ror(x, k) (((x) >> (k)) | ((x) << (32 - (k))))
INLINE V v_byteswap(V x) { return __builtin_bswap32(x); }
/* Transposes the LANES x LANES words of v[0 .. LANES). */
INLINE void v_transpose(V *v) { (void)v; }

/* The Montgomery product a * b * 2^-32 mod p in [0, p), for a, b with a * b < 2^32 * p. */
INLINE V bb_mul(V a, V b) {
  uint64_t t = (uint64_t)a * b;
  uint32_t q = (uint32_t)t * 0x88000001u;
  uint32_t high = (uint32_t)(t >> 32), minus = (uint32_t)(((uint64_t)q * 0x78000001u) >> 32);
  return high < minus ? high - minus + 0x78000001u : high - minus;
}
/* The high words of the products a * b; b is the same word in all lanes. */
INLINE V v_mul_high(V a, V b) { return (V)((uint64_t)a * b >> 32); }
INLINE V v_mul_high_lanes(V a, V b) { return v_mul_high(a, b); }
/* Contracts: babybear_ops.h. */
typedef int32_t BBSigned;

INLINE BBSigned bb_signed(V x) { return (int32_t)x; }
INLINE BBSigned bb_signed_mul(BBSigned a, BBSigned b) {
  int64_t t = (int64_t)a * b;
  int32_t q = (int32_t)((uint32_t)t * 0x88000001u);
  return (int32_t)((t - (int64_t)q * 0x78000001) >> 32);
}
INLINE V bb_signed_mul_to_word(BBSigned a, BBSigned b) {
  int32_t x = bb_signed_mul(a, b);
  return (uint32_t)x + (x < 0 ? 0x78000001u : 0);
}
/* LANES words at an address of any alignment. */
INLINE V v_load_bytes(const uint8_t *p) {
  V x;
  memcpy(&x, p, sizeof x);
  return x;
}
INLINE void v_store_bytes(uint8_t *p, V x) { memcpy(p, &x, sizeof x); }
/* x, which the compiler must have at this place in the order of instructions. */
INLINE V v_pin(V x) {
  __asm__ volatile("" : "+r"(x));
  return x;
}

#include "babybear_ops.h"
