/* Sums of Goldilocks products, reduced once for many. Include after level64_*.h.
 *
 * A factor is cut into limbs of 22, 22 and 20 bits and a word into halves of 32: the six products are below 2^54, and a
 * 64-bit word holds the sum of 1023 of them. So a product is six multiplications and six additions; nothing is shifted
 * or carried before the end. Where a 64-bit product is one instruction, a sum is three words. */

/* Products that a sum holds; how many sums the registers do. */
enum { GOLDILOCKS_TERMS = 1023, GOLDILOCKS_SUMS = LANES64 > 4 ? 3 : 1 };

#if LANES64 == 1

typedef struct GFactor {
  W word;
} GFactor;
typedef struct GSum {
  unsigned __int128 low;
  W top;
} GSum;

INLINE GFactor g_factor(W x) { return (GFactor){x}; }
INLINE GSum g_sum_start(void) { return (GSum){0, 0}; }
/* Adds x * b; xh is w_high(x). */
INLINE GSum g_sum_add(GSum s, W x, W xh, GFactor b) {
  (void)xh;
  unsigned __int128 product = (unsigned __int128)x * b.word;
  s.low += product;
  s.top += s.low < product;
  return s;
}
/* The sum mod p, in [0, p): 2^128 = -2^32. */
INLINE W g_sum_reduced(GSum s) { return gl_sub(gl_reduce_wide((W)(s.low >> 64), (W)s.low), s.top << 32); }
/* The sum of all lanes mod p, in [0, p), for at most GOLDILOCKS_TERMS products in all of them. */
INLINE uint64_t g_sum_total(GSum s) { return g_sum_reduced(s); }

#else

typedef struct GFactor {
  W limb[3];
} GFactor;
/* For words' low and high halves: sums for each limb, which weigh 1, 2^22 and 2^44. */
typedef struct GSum {
  W low[3], high[3];
} GSum;

INLINE GFactor g_factor(W x) {
  W limb = w_set1((1u << 22) - 1);
  return (GFactor){{w_and(x, limb), w_and(w_shr(x, 22), limb), w_shr(x, 44)}};
}
INLINE GSum g_sum_start(void) {
  W zero = w_set1(0);
  return (GSum){{zero, zero, zero}, {zero, zero, zero}};
}
/* Adds x * b; xh is w_high(x). */
INLINE GSum g_sum_add(GSum s, W x, W xh, GFactor b) {
  UNROLLED for (int k = 0; k < 3; k++) {
    s.low[k] = w_add(s.low[k], w_mul_low(x, b.limb[k]));
    s.high[k] = w_add(s.high[k], w_mul_low(xh, b.limb[k]));
  }
  return s;
}
/* sum[0] + sum[1] * 2^22 + sum[2] * 2^44 = high * 2^64 + low, high below 2^45. */
INLINE void g_join(const W sum[3], W *high, W *low) {
  *low = w_add(sum[0], w_add(w_shl(sum[1], 22), w_shl(sum[2], 44)));
  *high = w_shr(w_add(sum[2], w_shr(w_add(sum[1], w_shr(sum[0], 22)), 22)), 20);
}
/* The sum mod p, in [0, p). With the halves' sums joined to a * 2^64 + b and c * 2^64 + d it is
 * (a + d / 2^32) * 2^64 + b + (d mod 2^32) * 2^32 + c * 2^96. */
INLINE W g_sum_reduced(GSum s) {
  W a, b, c, d;
  g_join(s.low, &a, &b);
  g_join(s.high, &c, &d);
  W middle = w_add(a, w_shr(d, 32));
  return gl_reduce_128(middle, gl_add_lazy(b, w_shl(d, 32)), w_add(c, w_shr(middle, 32)));
}
/* The sum of all lanes mod p, in [0, p), for at most GOLDILOCKS_TERMS products in all of them. */
INLINE uint64_t g_sum_total(GSum s) {
  unsigned __int128 low = 0, high = 0;
  for (int k = 2; k >= 0; k--) {
    low = (low << 22) + w_total(s.low[k]);
    high = (high << 22) + w_total(s.high[k]);
  }
  return goldilocks_add1(goldilocks_reduce1(low), goldilocks_mul1(goldilocks_reduce1(high), 1ull << 32));
}

#endif
