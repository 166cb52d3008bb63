/* Vector operations of the AVX-512 level: sixteen 32-bit lanes. Include a body after it, then level_end.h. */
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "checks.h"

#define LEVEL avx512
#define LEVEL_ISA APUS_ISA_AVX512
#define LANES 16
#define LANES_LOG 4

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,bmi2"))), \
                             apply_to = function)

typedef __m512i V;
#define INLINE static inline __attribute__((always_inline, unused))

INLINE V v_load(const uint32_t *p) { return _mm512_loadu_si512((const void *)p); }
INLINE void v_store(uint32_t *p, V x) { _mm512_storeu_si512((void *)p, x); }
/* The first n words, 0 < n < LANES; the other lanes are zero. */
INLINE V v_load_first(const uint32_t *p, size_t n) {
  return _mm512_maskz_loadu_epi32((__mmask16)((1u << n) - 1), p);
}
INLINE void v_store_first(uint32_t *p, size_t n, V x) {
  _mm512_mask_storeu_epi32(p, (__mmask16)((1u << n) - 1), x);
}
INLINE V v_set1(uint32_t x) { return _mm512_set1_epi32((int)x); }
/* *p in all lanes. In assembly because the compiler would load two neighbours as one 64-bit word, and then needs
 * instructions to take it apart and to bring the halves over from the general registers. */
INLINE V v_broadcast(const uint32_t *p) {
  V x;
  __asm__("vpbroadcastd %1, %0" : "=v"(x) : "m"(*p));
  return x;
}
INLINE V v_add(V a, V b) { return _mm512_add_epi32(a, b); }
INLINE V v_sub(V a, V b) { return _mm512_sub_epi32(a, b); }
INLINE V v_mullo(V a, V b) { return _mm512_mullo_epi32(a, b); }
/* Of the 16-bit halves of words: the average, rounded up; the difference, zero where it is negative; the high halves of
 * products. */
INLINE V v_average16(V a, V b) { return _mm512_avg_epu16(a, b); }
INLINE V v_sub_to_zero16(V a, V b) { return _mm512_subs_epu16(a, b); }
INLINE V v_mul_high16(V a, V b) { return _mm512_mulhi_epu16(a, b); }
INLINE V v_min(V a, V b) { return _mm512_min_epu32(a, b); }
INLINE V v_max(V a, V b) { return _mm512_max_epu32(a, b); }
INLINE V v_and(V a, V b) { return _mm512_and_si512(a, b); }
INLINE V v_or(V a, V b) { return _mm512_or_si512(a, b); }
INLINE V v_xor(V a, V b) { return _mm512_xor_si512(a, b); }
/* a ^ b ^ c. */
INLINE V v_xor3(V a, V b, V c) { return _mm512_ternarylogic_epi32(a, b, c, 0x96); }
/* The bits of b where a has ones, of c where it has zeros. */
INLINE V v_choose(V a, V b, V c) { return _mm512_ternarylogic_epi32(a, b, c, 0xca); }
/* The bits that at least two have. The compiler would make two instructions of the operations. */
INLINE V v_majority(V a, V b, V c) { return _mm512_ternarylogic_epi32(a, b, c, 0xe8); }
/* (~a) & b */
INLINE V v_andnot(V a, V b) { return _mm512_andnot_si512(a, b); }
#define v_shl(x, k) _mm512_slli_epi32(x, k)
#define v_shr(x, k) _mm512_srli_epi32(x, k)
#define v_ror(x, k) _mm512_ror_epi32(x, k)
INLINE V v_byteswap(V x) {
  return _mm512_shuffle_epi8(
      x, _mm512_broadcast_i32x4(_mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)));
}
/* Transposes the LANES x LANES words of v[0 .. LANES). */
INLINE void v_transpose(V *v) {
  V t[16], u[16];
  for (int i = 0; i < 8; i++) {
    t[2 * i] = _mm512_unpacklo_epi32(v[2 * i], v[2 * i + 1]);
    t[2 * i + 1] = _mm512_unpackhi_epi32(v[2 * i], v[2 * i + 1]);
  }
  for (int i = 0; i < 4; i++) {
    u[4 * i] = _mm512_unpacklo_epi64(t[4 * i], t[4 * i + 2]);
    u[4 * i + 1] = _mm512_unpackhi_epi64(t[4 * i], t[4 * i + 2]);
    u[4 * i + 2] = _mm512_unpacklo_epi64(t[4 * i + 1], t[4 * i + 3]);
    u[4 * i + 3] = _mm512_unpackhi_epi64(t[4 * i + 1], t[4 * i + 3]);
  }
  /* u[4 i + j], 128-bit lane k, holds rows 4 i .. 4 i + 3 of column 4 k + j: transpose the 4 x 4 lanes for each j. */
  for (int j = 0; j < 4; j++) {
    V a = _mm512_shuffle_i32x4(u[j], u[4 + j], 0x88), b = _mm512_shuffle_i32x4(u[j], u[4 + j], 0xdd);
    V c = _mm512_shuffle_i32x4(u[8 + j], u[12 + j], 0x88), d = _mm512_shuffle_i32x4(u[8 + j], u[12 + j], 0xdd);
    v[j] = _mm512_shuffle_i32x4(a, c, 0x88);
    v[8 + j] = _mm512_shuffle_i32x4(a, c, 0xdd);
    v[4 + j] = _mm512_shuffle_i32x4(b, d, 0x88);
    v[12 + j] = _mm512_shuffle_i32x4(b, d, 0xdd);
  }
}
/* Stores v[0 .. 8) transposed: word i of lane l at p + 32 * l + 4 * i.. Whole vectors of two lanes' words each: stores
 * of halves cross cache lines. */
INLINE void v_store_columns(uint8_t *p, const V v[8]) {
  V t[8], u[8];
  for (int i = 0; i < 4; i++) {
    t[2 * i] = _mm512_unpacklo_epi32(v[2 * i], v[2 * i + 1]);
    t[2 * i + 1] = _mm512_unpackhi_epi32(v[2 * i], v[2 * i + 1]);
  }
  for (int i = 0; i < 2; i++) {
    u[4 * i] = _mm512_unpacklo_epi64(t[4 * i], t[4 * i + 2]);
    u[4 * i + 1] = _mm512_unpackhi_epi64(t[4 * i], t[4 * i + 2]);
    u[4 * i + 2] = _mm512_unpacklo_epi64(t[4 * i + 1], t[4 * i + 3]);
    u[4 * i + 3] = _mm512_unpackhi_epi64(t[4 * i + 1], t[4 * i + 3]);
  }
  /* u[4 i + j], 128-bit lane k, holds words 4 i .. 4 i + 3 of lane 4 k + j. */
  for (int j = 0; j < 4; j += 2) {
    V a = _mm512_shuffle_i32x4(u[j], u[4 + j], 0x44), b = _mm512_shuffle_i32x4(u[j], u[4 + j], 0xee);
    V c = _mm512_shuffle_i32x4(u[j + 1], u[5 + j], 0x44), d = _mm512_shuffle_i32x4(u[j + 1], u[5 + j], 0xee);
    _mm512_storeu_si512((void *)(p + 32 * j), _mm512_shuffle_i32x4(a, c, 0x88));
    _mm512_storeu_si512((void *)(p + 32 * (4 + j)), _mm512_shuffle_i32x4(a, c, 0xdd));
    _mm512_storeu_si512((void *)(p + 32 * (8 + j)), _mm512_shuffle_i32x4(b, d, 0x88));
    _mm512_storeu_si512((void *)(p + 32 * (12 + j)), _mm512_shuffle_i32x4(b, d, 0xdd));
  }
}

INLINE V v_odd(V x) { return (V)_mm512_movehdup_ps((__m512)x); }
/* The high words of the 64-bit lanes of even (lanes 0, 2, ...) and odd (lanes 1, 3, ...). In assembly because the
 * compiler turns the intrinsic into a two-source permutation, which waits longer and needs its index in a register. */
INLINE V v_high_words(V even, V odd) {
  __asm__("vmovshdup %1, %0 %{%2%}" : "+v"(odd) : "v"(even), "Yk"((__mmask16)0x5555));
  return odd;
}
/* The product of the low words of the 64-bit lanes. In assembly because the compiler would merge the constants of a
 * reduction, and then needs products of whole 64-bit lanes: transforms took half as long again on AVX2. */
INLINE V v_mul_even(V a, V b) {
  V product;
  __asm__("vpmuludq %2, %1, %0" : "=v"(product) : "v"(a), "v"(b));
  return product;
}

/* The Montgomery product a * b * 2^-32 mod p in [0, p), for a, b with a * b < 2^32 * p. */
INLINE V bb_mul(V a, V b) {
  V p = v_set1(0x78000001u), mu = v_set1(0x88000001u);
  V even = v_mul_even(a, b), odd = v_mul_even(v_odd(a), v_odd(b));
  V qe = v_mul_even(v_mul_even(even, mu), p), qo = v_mul_even(v_mul_even(odd, mu), p);
  V d = v_high_words(_mm512_sub_epi64(even, qe), _mm512_sub_epi64(odd, qo));
  return _mm512_min_epu32(d, _mm512_add_epi32(d, p));
}
/* The high words of the products a * b; b is the same word in all lanes. */
INLINE V v_mul_high(V a, V b) {
  return v_high_words(_mm512_mul_epu32(a, b), _mm512_mul_epu32(v_odd(a), b));
}
INLINE V v_mul_high_lanes(V a, V b) {
  return v_high_words(_mm512_mul_epu32(a, b), _mm512_mul_epu32(v_odd(a), v_odd(b)));
}

/* The signed product of the low words of the 64-bit lanes. In assembly as v_mul_even is. */
INLINE V v_mul_even_signed(V a, V b) {
  V product;
  __asm__("vpmuldq %2, %1, %0" : "=v"(product) : "v"(a), "v"(b));
  return product;
}

/* 64-bit words for the words of a vector, such as products and sums of them: of the even and of the odd lanes. */
typedef struct D {
  V even, odd;
} D;
INLINE D d_set1(uint64_t x) { return (D){_mm512_set1_epi64((int64_t)x), _mm512_set1_epi64((int64_t)x)}; }
/* Each word of x as the low half of its 64-bit word; the high halves are undefined. */
INLINE D d_spread(V x) { return (D){x, v_odd(x)}; }
/* The same for a vector whose words are all equal. */
INLINE D d_spread_equal(V x) { return (D){x, x}; }
INLINE D d_add(D a, D b) { return (D){_mm512_add_epi64(a.even, b.even), _mm512_add_epi64(a.odd, b.odd)}; }
INLINE D d_sub(D a, D b) { return (D){_mm512_sub_epi64(a.even, b.even), _mm512_sub_epi64(a.odd, b.odd)}; }
/* Products of the low halves, signed or unsigned. */
INLINE D d_mul_signed(D a, D b) { return (D){v_mul_even_signed(a.even, b.even), v_mul_even_signed(a.odd, b.odd)}; }
INLINE D d_mul(D a, D b) { return (D){v_mul_even(a.even, b.even), v_mul_even(a.odd, b.odd)}; }
/* The high halves as low ones; the high halves are undefined. */
INLINE D d_high(D x) { return (D){v_odd(x.even), v_odd(x.odd)}; }
INLINE V d_high_words(D x) { return v_high_words(x.even, x.odd); }
/* The low halves of one and the high halves of the other. */
INLINE D d_join(D low, D high) {
  V halves = _mm512_set1_epi64(0xffffffff);
  return (D){_mm512_ternarylogic_epi64(halves, low.even, high.even, 0xca),
             _mm512_ternarylogic_epi64(halves, low.odd, high.odd, 0xca)};
}
/* The sum of all 64-bit words. */
INLINE uint64_t d_total(D x) { return (uint64_t)_mm512_reduce_add_epi64(_mm512_add_epi64(x.even, x.odd)); }
/* x - p where x is above (p - 1) / 2, as a signed word: in [-(p - 1) / 2, (p - 1) / 2], for x in [0, p). */
INLINE V bb_centred(V x) {
  V p = v_set1(0x78000001u);
  return _mm512_mask_sub_epi32(x, _mm512_cmpgt_epi32_mask(x, v_set1(0x3c000000u)), x, p);
}

/* The low and the high halves of LANES 64-bit words. */
INLINE void v_load_halves(const uint64_t *p, V *low, V *high) {
  V a = _mm512_loadu_si512((const void *)p), b = _mm512_loadu_si512((const void *)(p + 8));
  V even = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  *low = _mm512_permutex2var_epi32(a, even, b);
  *high = _mm512_permutex2var_epi32(a, v_add(even, v_set1(1)), b);
}
/* LANES words at an address of any alignment. */
INLINE V v_load_bytes(const uint8_t *p) { return _mm512_loadu_si512((const void *)p); }
INLINE void v_store_bytes(uint8_t *p, V x) { _mm512_storeu_si512((void *)p, x); }
/* x, which the compiler must have at this place in the order of instructions. */
INLINE V v_pin(V x) {
  __asm__ volatile("" : "+v"(x));
  return x;
}

#include "babybear_ops.h"
