/* 64-bit lanes of the AVX-512 level: eight. Include after level_avx512.h. */
#define LANES64 8
#define LANES64_LOG 3

#define UNROLLED _Pragma("clang loop unroll(full)")

typedef __m512i W;

INLINE W w_load(const uint64_t *p) { return _mm512_loadu_si512((const void *)p); }
INLINE void w_store(uint64_t *p, W x) { _mm512_storeu_si512((void *)p, x); }
/* The first n words, 0 < n < LANES64; the other lanes are zero. */
INLINE W w_load_first(const uint64_t *p, size_t n) { return _mm512_maskz_loadu_epi64((__mmask8)((1u << n) - 1), p); }
INLINE void w_store_first(uint64_t *p, size_t n, W x) { _mm512_mask_storeu_epi64(p, (__mmask8)((1u << n) - 1), x); }
INLINE W w_set1(uint64_t x) { return _mm512_set1_epi64((long long)x); }
INLINE W w_add(W a, W b) { return _mm512_add_epi64(a, b); }
INLINE W w_sub(W a, W b) { return _mm512_sub_epi64(a, b); }
INLINE W w_and(W a, W b) { return _mm512_and_si512(a, b); }
INLINE W w_or(W a, W b) { return _mm512_or_si512(a, b); }
INLINE W w_xor(W a, W b) { return _mm512_xor_si512(a, b); }
/* (~a) & b */
INLINE W w_andnot(W a, W b) { return _mm512_andnot_si512(a, b); }
#define w_shl(x, k) _mm512_slli_epi64(x, k)
#define w_shr(x, k) _mm512_srli_epi64(x, k)
/* The product of the lanes' low 32 bits. */
INLINE W w_mul_low(W a, W b) { return v_mul_even(a, b); }
/* The high words in the low halves; the high halves are any. In assembly because the compiler makes it a shuffle that
 * half as many pipes run. */
INLINE W w_high(W x) {
  W high;
  __asm__("vmovshdup %1, %0" : "=v"(high) : "v"(x));
  return high;
}
/* w_high(w_load(p)) without a shuffle; reads the four bytes after the vector too. */
INLINE W w_load_high(const uint64_t *p) { return _mm512_loadu_si512((const char *)p + 4); }
/* One word, and its high word, in each lane. */
INLINE W w_spread(const uint64_t *p) { return w_set1(*p); }
INLINE W w_spread_high(const uint64_t *p) { return _mm512_set1_epi32(((const int *)p)[1]); }
/* a * b = high * 2^64 + low. */
INLINE void w_mul_wide(W a, W b, W *high, W *low) {
  W ah = w_high(a), bh = w_high(b);
  W ll = w_mul_low(a, b), lh = w_mul_low(a, bh), hl = w_mul_low(ah, b), hh = w_mul_low(ah, bh);
  /* Neither sum overflows: (2^32 - 1)^2 + 2^32 - 1 < 2^64. */
  W middle = w_add(hl, w_shr(ll, 32));
  W carry = w_add(lh, w_and(middle, w_set1(0xffffffffu)));
  *high = w_add(w_add(hh, w_shr(middle, 32)), w_shr(carry, 32));
  *low = _mm512_mullo_epi64(a, b);
}
/* a * a = high * 2^64 + low. */
INLINE void w_square_wide(W a, W *high, W *low) {
  W ah = w_high(a), ll = w_mul_low(a, a), lh = w_mul_low(a, ah), hh = w_mul_low(ah, ah);
  W middle = w_add(lh, w_shr(ll, 32));
  W carry = w_add(lh, w_and(middle, w_set1(0xffffffffu)));
  *high = w_add(w_add(hh, w_shr(middle, 32)), w_shr(carry, 32));
  *low = _mm512_mullo_epi64(a, a);
}
/* x where a is not zero, y where it is. */
INLINE W w_where(W a, W x, W y) { return _mm512_mask_blend_epi64(_mm512_test_epi64_mask(a, a), y, x); }
/* Turned left by k bits, 0 <= k < 64. */
INLINE W w_rol(W x, unsigned k) { return w_or(w_shl(x, k), w_shr(x, (64 - k) & 63)); }
/* The LANES words low | high << 32 in two vectors: word i in vector i / 2 % 2, lane i / 4 * 2 + i % 2. */
INLINE void w_interleave(W out[2], V low, V high) {
  out[0] = _mm512_unpacklo_epi32(low, high);
  out[1] = _mm512_unpackhi_epi32(low, high);
}
/* The sum of all lanes modulo 2^64. */
INLINE uint64_t w_total(W x) { return (uint64_t)_mm512_reduce_add_epi64(x); }
/* LANES64 words at an address of any alignment. */
INLINE W w_load_bytes(const uint8_t *p) { return _mm512_loadu_si512((const void *)p); }
INLINE void w_store_bytes(uint8_t *p, W x) { _mm512_storeu_si512((void *)p, x); }
/* Transposes the LANES64 x LANES64 words of v[0 .. LANES64). */
INLINE void w_transpose(W *v) {
  W t[8];
  for (int i = 0; i < 4; i++) {
    t[2 * i] = _mm512_unpacklo_epi64(v[2 * i], v[2 * i + 1]);
    t[2 * i + 1] = _mm512_unpackhi_epi64(v[2 * i], v[2 * i + 1]);
  }
  /* t[2 i + j], 128-bit lane k, holds rows 2 i and 2 i + 1 of column 2 k + j: transpose the 4 x 4 lanes for each j. */
  for (int j = 0; j < 2; j++) {
    W a = _mm512_shuffle_i64x2(t[j], t[2 + j], 0x88), b = _mm512_shuffle_i64x2(t[j], t[2 + j], 0xdd);
    W c = _mm512_shuffle_i64x2(t[4 + j], t[6 + j], 0x88), d = _mm512_shuffle_i64x2(t[4 + j], t[6 + j], 0xdd);
    v[j] = _mm512_shuffle_i64x2(a, c, 0x88);
    v[4 + j] = _mm512_shuffle_i64x2(a, c, 0xdd);
    v[2 + j] = _mm512_shuffle_i64x2(b, d, 0x88);
    v[6 + j] = _mm512_shuffle_i64x2(b, d, 0xdd);
  }
}
/* Stores v[0 .. 4) transposed: word i of lane l at p + 32 * l + 8 * i. */
INLINE void w_store_columns(uint8_t *p, const W v[4]) {
  W a = _mm512_unpacklo_epi64(v[0], v[1]), b = _mm512_unpackhi_epi64(v[0], v[1]);
  W c = _mm512_unpacklo_epi64(v[2], v[3]), d = _mm512_unpackhi_epi64(v[2], v[3]);
  /* 128-bit lane k of a and c holds the words of lane 2 k, of b and d those of lane 2 k + 1. */
  W e = _mm512_shuffle_i64x2(a, c, 0x44), f = _mm512_shuffle_i64x2(a, c, 0xee);
  W g = _mm512_shuffle_i64x2(b, d, 0x44), h = _mm512_shuffle_i64x2(b, d, 0xee);
  w_store_bytes(p, _mm512_shuffle_i64x2(e, g, 0x88));
  w_store_bytes(p + 64, _mm512_shuffle_i64x2(e, g, 0xdd));
  w_store_bytes(p + 128, _mm512_shuffle_i64x2(f, h, 0x88));
  w_store_bytes(p + 192, _mm512_shuffle_i64x2(f, h, 0xdd));
}

/* Contracts: goldilocks_ops.h. */
INLINE W gl_add(W a, W b) {
  W minus = w_sub(w_set1(APUS_GOLDILOCKS_P), b), d = w_sub(a, minus);
  return _mm512_mask_add_epi64(d, _mm512_cmplt_epu64_mask(a, minus), d, w_set1(APUS_GOLDILOCKS_P));
}
INLINE W gl_sub(W a, W b) {
  W d = w_sub(a, b);
  return _mm512_mask_add_epi64(d, _mm512_cmplt_epu64_mask(a, b), d, w_set1(APUS_GOLDILOCKS_P));
}
INLINE W gl_reduce(W a) { return _mm512_min_epu64(a, w_sub(a, w_set1(APUS_GOLDILOCKS_P))); }
INLINE W gl_add_lazy(W a, W b) {
  W sum = w_add(a, b);
  return _mm512_mask_add_epi64(sum, _mm512_cmplt_epu64_mask(sum, b), sum, w_set1(APUS_GOLDILOCKS_EPSILON));
}
INLINE W gl_reduce_96(W high, W low) {
  W epsilon = w_set1(APUS_GOLDILOCKS_EPSILON);
  W t = w_add(w_mul_low(high, epsilon), epsilon), r = w_add(low, t);
  return _mm512_mask_sub_epi64(r, _mm512_cmpge_epu64_mask(r, t), r, epsilon);
}
/* low - top borrows 2^64 = epsilon: then t goes without the epsilon that gl_reduce_96 adds to it. */
INLINE W gl_reduce_128(W middle, W low, W top) {
  W epsilon = w_set1(APUS_GOLDILOCKS_EPSILON), t = w_mul_low(middle, epsilon);
  t = _mm512_mask_add_epi64(t, _mm512_cmpge_epu64_mask(low, top), t, epsilon);
  W r = w_add(w_sub(low, top), t);
  return _mm512_mask_sub_epi64(r, _mm512_cmpge_epu64_mask(r, t), r, epsilon);
}

/* Four at a time, step by step: a product alone waits nine cycles for each of its two carries (Zen 5), and the
 * processor looks ahead over no more than some four products. */
enum { GL_MUL_MOST = 16 };
INLINE void gl_mul_each(W *v, const W *vh, const W *b, const W *bh, int n) {
  enum { AT_ONCE = 4, N = GL_MUL_MOST };
#define EACH UNROLLED for (int i = g; i < g + AT_ONCE && i < n; i++)
  W epsilon = w_set1(APUS_GOLDILOCKS_EPSILON), ah[N], ll[N], lh[N], hl[N], high[N], low[N], top[N], t[N];
  __mmask8 carry[N];
  UNROLLED for (int g = 0; g < n; g += AT_ONCE) {
    EACH ah[i] = vh ? vh[i] : w_high(v[i]);
    EACH ll[i] = w_mul_low(v[i], b[i]);
    EACH hl[i] = w_mul_low(ah[i], b[i]);
    EACH lh[i] = w_mul_low(v[i], bh[i]);
    EACH high[i] = w_mul_low(ah[i], bh[i]);
    EACH low[i] = _mm512_mullo_epi64(v[i], b[i]);
    EACH hl[i] = w_add(hl[i], w_shr(ll[i], 32));
    EACH lh[i] = w_add(lh[i], w_and(hl[i], epsilon));
    EACH high[i] = w_add(high[i], w_shr(hl[i], 32));
    EACH high[i] = w_add(high[i], w_shr(lh[i], 32));
    EACH top[i] = w_shr(high[i], 32);
    EACH t[i] = w_mul_low(high[i], epsilon);
    EACH carry[i] = _mm512_cmpge_epu64_mask(low[i], top[i]);
    EACH low[i] = w_sub(low[i], top[i]);
    EACH t[i] = _mm512_mask_add_epi64(t[i], carry[i], t[i], epsilon);
    EACH low[i] = w_add(low[i], t[i]);
    EACH carry[i] = _mm512_cmpge_epu64_mask(low[i], t[i]);
    EACH v[i] = _mm512_mask_sub_epi64(low[i], carry[i], low[i], epsilon);
  }
#undef EACH
}

#include "goldilocks_ops.h"
