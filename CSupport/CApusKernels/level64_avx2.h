/* 64-bit lanes of the AVX2 level: four. Include after level_avx2.h. */
#define LANES64 4
#define LANES64_LOG 2

#define UNROLLED _Pragma("clang loop unroll(full)")

typedef __m256i W;

INLINE W w_load(const uint64_t *p) { return _mm256_loadu_si256((const W *)p); }
INLINE void w_store(uint64_t *p, W x) { _mm256_storeu_si256((W *)p, x); }
/* Lanes below n set. */
INLINE W w_first_mask(size_t n) {
  return _mm256_cmpgt_epi64(_mm256_set1_epi64x((long long)n), _mm256_setr_epi64x(0, 1, 2, 3));
}
/* The first n words, 0 < n < LANES64; the other lanes are zero. */
INLINE W w_load_first(const uint64_t *p, size_t n) {
  return _mm256_maskload_epi64((const long long *)p, w_first_mask(n));
}
INLINE void w_store_first(uint64_t *p, size_t n, W x) { _mm256_maskstore_epi64((long long *)p, w_first_mask(n), x); }
INLINE W w_set1(uint64_t x) { return _mm256_set1_epi64x((long long)x); }
INLINE W w_add(W a, W b) { return _mm256_add_epi64(a, b); }
INLINE W w_sub(W a, W b) { return _mm256_sub_epi64(a, b); }
INLINE W w_and(W a, W b) { return _mm256_and_si256(a, b); }
INLINE W w_or(W a, W b) { return _mm256_or_si256(a, b); }
INLINE W w_xor(W a, W b) { return _mm256_xor_si256(a, b); }
/* (~a) & b */
INLINE W w_andnot(W a, W b) { return _mm256_andnot_si256(a, b); }
#define w_shl(x, k) _mm256_slli_epi64(x, k)
#define w_shr(x, k) _mm256_srli_epi64(x, k)
/* The product of the lanes' low 32 bits. */
INLINE W w_mul_low(W a, W b) { return v_mul_even(a, b); }
/* The high words in the low halves; the high halves are any. */
INLINE W w_high(W x) { return v_odd(x); }
/* w_high(w_load(p)) without a shuffle; reads the four bytes after the vector too. */
INLINE W w_load_high(const uint64_t *p) { return _mm256_loadu_si256((const W *)(const void *)((const char *)p + 4)); }
/* One word, and its high word, in each lane. */
INLINE W w_spread(const uint64_t *p) { return w_set1(*p); }
INLINE W w_spread_high(const uint64_t *p) { return _mm256_set1_epi32(((const int *)p)[1]); }
/* a * b = high * 2^64 + low; ah is w_high(a), bh w_high(b). */
INLINE void w_mul_halves(W a, W ah, W b, W bh, W *high, W *low) {
  W ll = w_mul_low(a, b), lh = w_mul_low(a, bh), hl = w_mul_low(ah, b), hh = w_mul_low(ah, bh);
  /* Neither sum overflows: (2^32 - 1)^2 + 2^32 - 1 < 2^64. */
  W middle = w_add(hl, w_shr(ll, 32));
  W carry = w_add(lh, w_and(middle, w_set1(0xffffffffu)));
  *high = w_add(w_add(hh, w_shr(middle, 32)), w_shr(carry, 32));
  *low = _mm256_blend_epi32(ll, (W)_mm256_moveldup_ps((__m256)carry), 0xAA);
}
/* a * b = high * 2^64 + low. */
INLINE void w_mul_wide(W a, W b, W *high, W *low) { w_mul_halves(a, w_high(a), b, w_high(b), high, low); }
/* a * a = high * 2^64 + low. */
INLINE void w_square_wide(W a, W *high, W *low) {
  W ah = w_high(a), ll = w_mul_low(a, a), lh = w_mul_low(a, ah), hh = w_mul_low(ah, ah);
  W middle = w_add(lh, w_shr(ll, 32));
  W carry = w_add(lh, w_and(middle, w_set1(0xffffffffu)));
  *high = w_add(w_add(hh, w_shr(middle, 32)), w_shr(carry, 32));
  *low = _mm256_blend_epi32(ll, (W)_mm256_moveldup_ps((__m256)carry), 0xAA);
}
/* x where a is not zero, y where it is. */
INLINE W w_where(W a, W x, W y) { return _mm256_blendv_epi8(x, y, _mm256_cmpeq_epi64(a, _mm256_setzero_si256())); }
/* Turned left by k bits, 0 <= k < 64. */
INLINE W w_rol(W x, unsigned k) { return w_or(w_shl(x, k), w_shr(x, (64 - k) & 63)); }
/* The LANES words low | high << 32 in two vectors: word i in vector i / 2 % 2, lane i / 4 * 2 + i % 2. */
INLINE void w_interleave(W out[2], V low, V high) {
  out[0] = _mm256_unpacklo_epi32(low, high);
  out[1] = _mm256_unpackhi_epi32(low, high);
}
/* The sum of all lanes modulo 2^64. */
INLINE uint64_t w_total(W x) {
  __m128i half = _mm_add_epi64(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1));
  return (uint64_t)_mm_cvtsi128_si64(half) + (uint64_t)_mm_extract_epi64(half, 1);
}
/* LANES64 words at an address of any alignment. */
INLINE W w_load_bytes(const uint8_t *p) { return _mm256_loadu_si256((const W *)(const void *)p); }
INLINE void w_store_bytes(uint8_t *p, W x) { _mm256_storeu_si256((W *)(void *)p, x); }
/* Transposes the LANES64 x LANES64 words of v[0 .. LANES64). */
INLINE void w_transpose(W *v) {
  W a = _mm256_unpacklo_epi64(v[0], v[1]), b = _mm256_unpackhi_epi64(v[0], v[1]);
  W c = _mm256_unpacklo_epi64(v[2], v[3]), d = _mm256_unpackhi_epi64(v[2], v[3]);
  v[0] = _mm256_permute2x128_si256(a, c, 0x20);
  v[1] = _mm256_permute2x128_si256(b, d, 0x20);
  v[2] = _mm256_permute2x128_si256(a, c, 0x31);
  v[3] = _mm256_permute2x128_si256(b, d, 0x31);
}
/* Stores v[0 .. 4) transposed: word i of lane l at p + 32 * l + 8 * i. */
INLINE void w_store_columns(uint8_t *p, const W v[4]) {
  W t[4];
  memcpy(t, v, sizeof t);
  w_transpose(t);
  for (int lane = 0; lane < 4; lane++) w_store_bytes(p + 32 * lane, t[lane]);
}

/* Contracts: goldilocks_ops.h. AVX2 compares signed words only: an unsigned comparison is a signed one of words moved
 * by 2^63, which sums and differences carry along for free. */
#define W_SIGN w_set1(1ull << 63)
/* 2^32 - 1 where a > b as signed words, else 0: what a multiple of 2^64 costs modulo p. */
INLINE W w_epsilon_where_greater(W a, W b) { return w_shr(_mm256_cmpgt_epi64(a, b), 32); }

INLINE W gl_add(W a, W b) {
  W moved = w_xor(a, W_SIGN), minus = w_sub(w_set1(APUS_GOLDILOCKS_P + (1ull << 63)), b);
  return w_sub(w_sub(moved, minus), w_epsilon_where_greater(minus, moved));
}
INLINE W gl_sub(W a, W b) {
  return w_sub(w_sub(a, b), w_epsilon_where_greater(w_xor(b, W_SIGN), w_xor(a, W_SIGN)));
}
INLINE W gl_reduce(W a) {
  return w_add(a, w_epsilon_where_greater(w_xor(a, W_SIGN), w_set1((APUS_GOLDILOCKS_P - 1) ^ (1ull << 63))));
}
INLINE W gl_add_lazy(W a, W b) { return gl_add(a, b); }
/* The same for `low` moved by 2^63. */
INLINE W gl_reduce_moved(W high, W low) {
  W epsilon = w_set1(APUS_GOLDILOCKS_EPSILON), t = w_mul_low(high, epsilon);
  W carry = w_epsilon_where_greater(low, w_add(low, w_add(t, epsilon)));
  return w_add(w_add(low, w_xor(t, W_SIGN)), carry);
}
INLINE W gl_reduce_96(W high, W low) { return gl_reduce_moved(high, w_xor(low, W_SIGN)); }
INLINE W gl_reduce_128(W middle, W low, W top) {
  W moved = w_xor(low, W_SIGN), d = w_sub(moved, top);
  return gl_reduce_moved(middle, w_sub(d, w_epsilon_where_greater(d, moved)));
}

#include "goldilocks_ops.h"
