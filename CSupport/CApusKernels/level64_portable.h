/* 64-bit lanes of the portable level: one. Include after level_portable.h. */
#include "goldilocks_scalar.h"

#define LANES64 1
#define LANES64_LOG 0

#define UNROLLED _Pragma("clang loop unroll(full)")

typedef uint64_t W;

INLINE W w_load(const uint64_t *p) { return *p; }
INLINE void w_store(uint64_t *p, W x) { *p = x; }
/* The first n words, 0 < n < LANES64; the other lanes are zero. */
INLINE W w_load_first(const uint64_t *p, size_t n) { return n ? *p : 0; }
INLINE void w_store_first(uint64_t *p, size_t n, W x) {
  if (n) *p = x;
}
INLINE W w_set1(uint64_t x) { return x; }
INLINE W w_add(W a, W b) { return a + b; }
INLINE W w_sub(W a, W b) { return a - b; }
INLINE W w_and(W a, W b) { return a & b; }
INLINE W w_or(W a, W b) { return a | b; }
INLINE W w_xor(W a, W b) { return a ^ b; }
/* (~a) & b */
INLINE W w_andnot(W a, W b) { return ~a & b; }
#define w_shl(x, k) ((x) << (k))
#define w_shr(x, k) ((x) >> (k))
/* The product of the lanes' low 32 bits. */
INLINE W w_mul_low(W a, W b) { return (W)(uint32_t)a * (uint32_t)b; }
/* The high words in the low halves. */
INLINE W w_high(W x) { return x >> 32; }
INLINE W w_load_high(const uint64_t *p) { return *p >> 32; }
/* One word, and its high word, in each lane. */
INLINE W w_spread(const uint64_t *p) { return *p; }
INLINE W w_spread_high(const uint64_t *p) { return *p >> 32; }
/* a * b = high * 2^64 + low. */
INLINE void w_mul_wide(W a, W b, W *high, W *low) {
  unsigned __int128 t = (unsigned __int128)a * b;
  *high = (W)(t >> 64);
  *low = (W)t;
}
/* The same; ah is w_high(a), bh w_high(b). */
INLINE void w_mul_halves(W a, W ah, W b, W bh, W *high, W *low) {
  (void)ah, (void)bh;
  w_mul_wide(a, b, high, low);
}
/* a * a = high * 2^64 + low. */
INLINE void w_square_wide(W a, W *high, W *low) { w_mul_wide(a, a, high, low); }
/* x where a is not zero, y where it is. */
INLINE W w_where(W a, W x, W y) { return a ? x : y; }
/* Turned left by k bits, 0 <= k < 64. */
INLINE W w_rol(W x, unsigned k) { return w_or(w_shl(x, k), w_shr(x, (64 - k) & 63)); }
/* The one word low | high << 32. */
INLINE void w_interleave(W out[1], V low, V high) { out[0] = low | (W)high << 32; }
/* LANES64 words at an address of any alignment. */
INLINE W w_load_bytes(const uint8_t *p) {
  W x;
  memcpy(&x, p, sizeof x);
  return x;
}
INLINE void w_store_bytes(uint8_t *p, W x) { memcpy(p, &x, sizeof x); }
/* Transposes the LANES64 x LANES64 words of v[0 .. LANES64). */
INLINE void w_transpose(W *v) { (void)v; }
/* Stores v[0 .. 4) transposed: word i of lane l at p + 32 * l + 8 * i. */
INLINE void w_store_columns(uint8_t *p, const W v[4]) { memcpy(p, v, 32); }

/* Contracts: goldilocks_ops.h. */
INLINE W gl_add(W a, W b) {
  W minus = APUS_GOLDILOCKS_P - b, d = a - minus;
  return a < minus ? d + APUS_GOLDILOCKS_P : d;
}
INLINE W gl_sub(W a, W b) { return goldilocks_sub1(a, b); }
INLINE W gl_reduce(W a) { return a < APUS_GOLDILOCKS_P ? a : a - APUS_GOLDILOCKS_P; }
INLINE W gl_add_lazy(W a, W b) {
  W sum = a + b;
  return sum < b ? sum + APUS_GOLDILOCKS_EPSILON : sum;
}
INLINE W gl_reduce_128(W middle, W low, W top) { return goldilocks_reduce_parts1(middle, low, top); }
INLINE W gl_reduce_96(W high, W low) { return goldilocks_reduce_parts1(high, low, 0); }

#include "goldilocks_ops.h"
