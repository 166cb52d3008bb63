/* Goldilocks, p = 2^64 - 2^32 + 1, over one vector of 64-bit words in plain form. Included by each level64 header,
 * which defines these four:
 *
 *   gl_add(a, b)                     a any words, b in [0, p); in [0, p) if a is, else any word congruent to a + b
 *   gl_add_lazy(a, b)                a any words, b in [0, p]; any word congruent to a + b
 *   gl_sub(a, b)                     a any words, b in [0, p]; in [0, p) if a and b are, else any word congruent to a - b
 *   gl_reduce(a)                     a any words; in [0, p)
 *   gl_reduce_96(middle, low)        middle * 2^64 + low, of middle's words the low halves only; in [0, p)
 *   gl_reduce_128(middle, low, top)  top * 2^96 + the same, top below 2^63; in [0, p)
 *
 *   gl_mul_each(v, vh, b, bh, n)     v[i] * b[i] to v[i], both any words, for 0 <= i < n <= 16, a constant; in [0, p).
 *                                    vh[i] is w_high(v[i]), or vh is NULL; bh[i] is w_high(b[i])
 *
 * With epsilon = 2^32 - 1, 2^64 = epsilon and 2^96 = -1 modulo p. So for high = top * 2^32 + bottom the wide reduction
 * is low - top + bottom * epsilon. It costs one addition to leave it in [0, p): with t = bottom * epsilon + epsilon,
 * which fits 64 bits, d + t overflows exactly if d + bottom * epsilon >= p, and then wraps to the reduced value. */

/* high * 2^64 + low, both any words; in [0, p). */
INLINE W gl_reduce_wide(W high, W low) { return gl_reduce_128(high, low, w_shr(high, 32)); }
/* a * b in [0, p), for any words a, b. */
INLINE W gl_mul(W a, W b) {
  W high, low;
  w_mul_wide(a, b, &high, &low);
  return gl_reduce_wide(high, low);
}
#if LANES64 < 8
INLINE void gl_mul_each(W *v, const W *vh, const W *b, const W *bh, int n) {
  UNROLLED for (int i = 0; i < n; i++) {
    W high, low;
    w_mul_halves(v[i], vh ? vh[i] : w_high(v[i]), b[i], bh[i], &high, &low);
    v[i] = gl_reduce_wide(high, low);
  }
}
#endif
INLINE W gl_square(W a) {
  W high, low;
  w_square_wide(a, &high, &low);
  return gl_reduce_wide(high, low);
}
INLINE W gl_load_some(const uint64_t *p, size_t left) { return left >= LANES64 ? w_load(p) : w_load_first(p, left); }
INLINE void gl_store_some(uint64_t *p, size_t left, W x) {
  if (left >= LANES64)
    w_store(p, x);
  else
    w_store_first(p, left, x);
}
/* Vectors of n words, from word `first` on: `left` words are there, at least one. */
#define FOR_VECTORS64_FROM(first, n) \
  for (size_t i = (first), left = (n) - i; i < (n); i += LANES64, left -= left < LANES64 ? left : LANES64)
#define FOR_VECTORS64(n) FOR_VECTORS64_FROM(0, n)
