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
/* Of the 16-bit halves of words: the average, rounded up; the difference, zero where it is negative; the high halves of
 * products. */
INLINE uint32_t average_half(uint32_t a, uint32_t b) { return (a + b + 1) >> 1; }
INLINE uint32_t sub_half(uint32_t a, uint32_t b) { return a > b ? a - b : 0; }
INLINE V v_average16(V a, V b) { return average_half(a >> 16, b >> 16) << 16 | average_half(a & 0xffff, b & 0xffff); }
INLINE V v_sub_to_zero16(V a, V b) { return sub_half(a >> 16, b >> 16) << 16 | sub_half(a & 0xffff, b & 0xffff); }
INLINE V v_mul_high16(V a, V b) { return ((a >> 16) * (b >> 16) & 0xffff0000u) | ((a & 0xffff) * (b & 0xffff) >> 16); }
INLINE V v_min(V a, V b) { return a < b ? a : b; }
INLINE V v_max(V a, V b) { return a > b ? a : b; }
INLINE V v_and(V a, V b) { return a & b; }
INLINE V v_or(V a, V b) { return a | b; }
INLINE V v_xor(V a, V b) { return a ^ b; }
/* a ^ b ^ c. */
INLINE V v_xor3(V a, V b, V c) { return v_xor(v_xor(a, b), c); }
/* The bits of b where a has ones, of c where it has zeros. */
INLINE V v_choose(V a, V b, V c) { return v_xor(c, v_and(a, v_xor(b, c))); }
/* The bits that at least two have. */
INLINE V v_majority(V a, V b, V c) { return v_or(v_and(a, b), v_and(c, v_or(a, b))); }
/* (~a) & b */
INLINE V v_andnot(V a, V b) { return ~a & b; }
#define v_shl(x, k) ((x) << (k))
#define v_shr(x, k) ((x) >> (k))
#define v_ror(x, k) (((x) >> (k)) | ((x) << (32 - (k))))
INLINE V v_byteswap(V x) { return __builtin_bswap32(x); }
/* Transposes the LANES x LANES words of v[0 .. LANES). */
INLINE void v_transpose(V *v) { (void)v; }
/* Stores v[0 .. 8) transposed: word i of lane l at p + 32 * l + 4 * i. */
INLINE void v_store_columns(uint8_t *p, const V v[8]) { memcpy(p, v, 32); }

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

/* 64-bit words for the words of a vector, such as products and sums of them. */
typedef struct D {
  uint64_t word;
} D;
INLINE D d_set1(uint64_t x) { return (D){x}; }
/* Each word of x as the low half of its 64-bit word; the high halves are undefined. */
INLINE D d_spread(V x) { return (D){x}; }
/* The same for a vector whose words are all equal. */
INLINE D d_spread_equal(V x) { return (D){x}; }
INLINE D d_add(D a, D b) { return (D){a.word + b.word}; }
INLINE D d_sub(D a, D b) { return (D){a.word - b.word}; }
/* Products of the low halves, signed or unsigned. */
INLINE D d_mul_signed(D a, D b) { return (D){(uint64_t)((int64_t)(int32_t)a.word * (int32_t)b.word)}; }
INLINE D d_mul(D a, D b) { return (D){(uint64_t)(uint32_t)a.word * (uint32_t)b.word}; }
/* The high halves as low ones; the high halves are undefined. */
INLINE D d_high(D x) { return (D){x.word >> 32}; }
INLINE V d_high_words(D x) { return (V)(x.word >> 32); }
/* The low halves of one and the high halves of the other. */
INLINE D d_join(D low, D high) { return (D){(uint32_t)low.word | (high.word >> 32 << 32)}; }
/* The sum of all 64-bit words. */
INLINE uint64_t d_total(D x) { return x.word; }
/* x - p where x is above (p - 1) / 2, as a signed word: in [-(p - 1) / 2, (p - 1) / 2], for x in [0, p). */
INLINE V bb_centred(V x) { return x > 0x3c000000u ? x - 0x78000001u : x; }

/* The low and the high halves of LANES 64-bit words. */
INLINE void v_load_halves(const uint64_t *p, V *low, V *high) { *low = (V)*p, *high = (V)(*p >> 32); }
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
