/* Vector operations of the AVX2 level: eight 32-bit lanes. Include a body after it, then level_end.h. */
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "checks.h"

#define LEVEL avx2
#define LEVEL_ISA APUS_ISA_AVX2
#define LANES 8
#define LANES_LOG 3

#pragma clang attribute push(__attribute__((target("avx2,bmi2"))), apply_to = function)

typedef __m256i V;
#define INLINE static inline __attribute__((always_inline, unused))

INLINE V v_load(const uint32_t *p) { return _mm256_loadu_si256((const V *)p); }
INLINE void v_store(uint32_t *p, V x) { _mm256_storeu_si256((V *)p, x); }
/* Lanes below n set. */
INLINE V v_first_mask(size_t n) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
/* The first n words, 0 < n < LANES; the other lanes are zero. */
INLINE V v_load_first(const uint32_t *p, size_t n) { return _mm256_maskload_epi32((const int *)p, v_first_mask(n)); }
INLINE void v_store_first(uint32_t *p, size_t n, V x) { _mm256_maskstore_epi32((int *)p, v_first_mask(n), x); }
INLINE V v_set1(uint32_t x) { return _mm256_set1_epi32((int)x); }
/* *p in all lanes. In assembly because the compiler would load two neighbours as one 64-bit word, and then needs
 * instructions to take it apart and to bring the halves over from the general registers. */
INLINE V v_broadcast(const uint32_t *p) {
  V x;
  __asm__("vpbroadcastd %1, %0" : "=x"(x) : "m"(*p));
  return x;
}
INLINE V v_add(V a, V b) { return _mm256_add_epi32(a, b); }
INLINE V v_sub(V a, V b) { return _mm256_sub_epi32(a, b); }
INLINE V v_mullo(V a, V b) { return _mm256_mullo_epi32(a, b); }
/* Of the 16-bit halves of words: the average, rounded up; the difference, zero where it is negative; the high halves of
 * products. */
INLINE V v_average16(V a, V b) { return _mm256_avg_epu16(a, b); }
INLINE V v_sub_to_zero16(V a, V b) { return _mm256_subs_epu16(a, b); }
INLINE V v_mul_high16(V a, V b) { return _mm256_mulhi_epu16(a, b); }
INLINE V v_min(V a, V b) { return _mm256_min_epu32(a, b); }
INLINE V v_max(V a, V b) { return _mm256_max_epu32(a, b); }
INLINE V v_and(V a, V b) { return _mm256_and_si256(a, b); }
INLINE V v_or(V a, V b) { return _mm256_or_si256(a, b); }
INLINE V v_xor(V a, V b) { return _mm256_xor_si256(a, b); }
/* a ^ b ^ c. */
INLINE V v_xor3(V a, V b, V c) { return v_xor(v_xor(a, b), c); }
/* The bits of b where a has ones, of c where it has zeros. */
INLINE V v_choose(V a, V b, V c) { return v_xor(c, v_and(a, v_xor(b, c))); }
/* The bits that at least two have. */
INLINE V v_majority(V a, V b, V c) { return v_or(v_and(a, b), v_and(c, v_or(a, b))); }
/* (~a) & b */
INLINE V v_andnot(V a, V b) { return _mm256_andnot_si256(a, b); }
#define v_shl(x, k) _mm256_slli_epi32(x, k)
#define v_shr(x, k) _mm256_srli_epi32(x, k)
#define v_ror(x, k) _mm256_or_si256(_mm256_srli_epi32(x, k), _mm256_slli_epi32(x, 32 - (k)))
INLINE V v_byteswap(V x) {
  return _mm256_shuffle_epi8(x, _mm256_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12, 3, 2, 1, 0, 7, 6,
                                                 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
}
/* Transposes the LANES x LANES words of v[0 .. LANES). */
INLINE void v_transpose(V *v) {
  V t[8], u[8];
  for (int i = 0; i < 4; i++) {
    t[2 * i] = _mm256_unpacklo_epi32(v[2 * i], v[2 * i + 1]);
    t[2 * i + 1] = _mm256_unpackhi_epi32(v[2 * i], v[2 * i + 1]);
  }
  for (int i = 0; i < 2; i++) {
    u[4 * i] = _mm256_unpacklo_epi64(t[4 * i], t[4 * i + 2]);
    u[4 * i + 1] = _mm256_unpackhi_epi64(t[4 * i], t[4 * i + 2]);
    u[4 * i + 2] = _mm256_unpacklo_epi64(t[4 * i + 1], t[4 * i + 3]);
    u[4 * i + 3] = _mm256_unpackhi_epi64(t[4 * i + 1], t[4 * i + 3]);
  }
  for (int i = 0; i < 4; i++) {
    v[i] = _mm256_permute2x128_si256(u[i], u[i + 4], 0x20);
    v[i + 4] = _mm256_permute2x128_si256(u[i], u[i + 4], 0x31);
  }
}
/* Stores v[0 .. 8) transposed: word i of lane l at p + 32 * l + 4 * i. */
INLINE void v_store_columns(uint8_t *p, const V v[8]) {
  V t[8];
  memcpy(t, v, sizeof t);
  v_transpose(t);
  for (int lane = 0; lane < 8; lane++) _mm256_storeu_si256((V *)(void *)(p + 32 * lane), t[lane]);
}

INLINE V v_odd(V x) { return (V)_mm256_movehdup_ps((__m256)x); }
/* The high words of the 64-bit lanes of even (lanes 0, 2, ...) and odd (lanes 1, 3, ...). */
INLINE V v_high_words(V even, V odd) { return _mm256_blend_epi32(v_odd(even), odd, 0xAA); }
/* The product of the low words of the 64-bit lanes. In assembly because the compiler would merge the constants of a
 * reduction, and then needs products of whole 64-bit lanes: transforms took half as long again on AVX2. */
INLINE V v_mul_even(V a, V b) {
  V product;
  __asm__("vpmuludq %2, %1, %0" : "=x"(product) : "x"(a), "x"(b));
  return product;
}

/* The Montgomery product a * b * 2^-32 mod p in [0, p), for a, b with a * b < 2^32 * p. */
INLINE V bb_mul(V a, V b) {
  V p = v_set1(0x78000001u), mu = v_set1(0x88000001u);
  V even = v_mul_even(a, b), odd = v_mul_even(v_odd(a), v_odd(b));
  V qe = v_mul_even(v_mul_even(even, mu), p), qo = v_mul_even(v_mul_even(odd, mu), p);
  V d = v_high_words(_mm256_sub_epi64(even, qe), _mm256_sub_epi64(odd, qo));
  return _mm256_min_epu32(d, _mm256_add_epi32(d, p));
}
/* The high words of the products a * b; b is the same word in all lanes. */
INLINE V v_mul_high(V a, V b) {
  return v_high_words(_mm256_mul_epu32(a, b), _mm256_mul_epu32(v_odd(a), b));
}
INLINE V v_mul_high_lanes(V a, V b) {
  return v_high_words(_mm256_mul_epu32(a, b), _mm256_mul_epu32(v_odd(a), v_odd(b)));
}

/* The signed product of the low words of the 64-bit lanes. In assembly as v_mul_even is. */
INLINE V v_mul_even_signed(V a, V b) {
  V product;
  __asm__("vpmuldq %2, %1, %0" : "=x"(product) : "x"(a), "x"(b));
  return product;
}

/* 64-bit words for the words of a vector, such as products and sums of them: of the even and of the odd lanes. */
typedef struct D {
  V even, odd;
} D;
INLINE D d_set1(uint64_t x) { return (D){_mm256_set1_epi64x((int64_t)x), _mm256_set1_epi64x((int64_t)x)}; }
/* Each word of x as the low half of its 64-bit word; the high halves are undefined. */
INLINE D d_spread(V x) { return (D){x, v_odd(x)}; }
/* The same for a vector whose words are all equal. */
INLINE D d_spread_equal(V x) { return (D){x, x}; }
INLINE D d_add(D a, D b) { return (D){_mm256_add_epi64(a.even, b.even), _mm256_add_epi64(a.odd, b.odd)}; }
INLINE D d_sub(D a, D b) { return (D){_mm256_sub_epi64(a.even, b.even), _mm256_sub_epi64(a.odd, b.odd)}; }
/* Products of the low halves, signed or unsigned. */
INLINE D d_mul_signed(D a, D b) { return (D){v_mul_even_signed(a.even, b.even), v_mul_even_signed(a.odd, b.odd)}; }
INLINE D d_mul(D a, D b) { return (D){v_mul_even(a.even, b.even), v_mul_even(a.odd, b.odd)}; }
/* The high halves as low ones; the high halves are undefined. */
INLINE D d_high(D x) { return (D){v_odd(x.even), v_odd(x.odd)}; }
INLINE V d_high_words(D x) { return v_high_words(x.even, x.odd); }
/* The low halves of one and the high halves of the other. */
INLINE D d_join(D low, D high) {
  return (D){_mm256_blend_epi32(low.even, high.even, 0xAA), _mm256_blend_epi32(low.odd, high.odd, 0xAA)};
}
/* The sum of all 64-bit words. */
INLINE uint64_t d_total(D x) {
  V both = _mm256_add_epi64(x.even, x.odd);
  __m128i half = _mm_add_epi64(_mm256_castsi256_si128(both), _mm256_extracti128_si256(both, 1));
  return (uint64_t)_mm_cvtsi128_si64(half) + (uint64_t)_mm_extract_epi64(half, 1);
}
/* x - p where x is above (p - 1) / 2, as a signed word: in [-(p - 1) / 2, (p - 1) / 2], for x in [0, p). */
INLINE V bb_centred(V x) {
  return v_sub(x, v_and(_mm256_cmpgt_epi32(x, v_set1(0x3c000000u)), v_set1(0x78000001u)));
}

/* The low and the high halves of LANES 64-bit words. */
INLINE void v_load_halves(const uint64_t *p, V *low, V *high) {
  __m256 a = _mm256_loadu_ps((const float *)(const void *)p), b = _mm256_loadu_ps((const float *)(const void *)(p + 4));
  *low = _mm256_permute4x64_epi64((V)_mm256_shuffle_ps(a, b, 0x88), 0xd8);
  *high = _mm256_permute4x64_epi64((V)_mm256_shuffle_ps(a, b, 0xdd), 0xd8);
}
/* LANES words at an address of any alignment. */
INLINE V v_load_bytes(const uint8_t *p) { return _mm256_loadu_si256((const V *)(const void *)p); }
INLINE void v_store_bytes(uint8_t *p, V x) { _mm256_storeu_si256((V *)(void *)p, x); }
/* x, which the compiler must have at this place in the order of instructions. */
INLINE V v_pin(V x) {
  __asm__ volatile("" : "+x"(x));
  return x;
}

#include "babybear_ops.h"
