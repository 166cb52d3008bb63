/* Sums of BabyBear products, reduced once for many.
 *
 * A product of two centred words, in [-h, h] with h = (p - 1) / 2, is at most p^2 / 4 in size: a signed 64-bit word
 * holds nine. A sum is kept as an unsigned word congruent to it that starts at 2^32 p, so that it is never negative:
 * folding its high half by 2^32 = 2^28 - 2 mod p leaves less than 2^60 + 2^32, and with the start and eight products
 * of either sign it stays in
 *
 *   [2^32 p - 2 p^2, 2^32 p + 2 p^2 + 2^60 + 2^32], inside [0, 2^64).
 *
 * Where one factor of every product runs over a column, x - h is as good as a centred word and one instruction: the
 * sum of c_j (x_j - h) misses h times the sum of c_j, which no row changes. */

enum { BABYBEAR_HALF = 0x3c000000, BABYBEAR_TERMS = 8 };
#define BABYBEAR_SUM_START ((uint64_t)0x78000001 << 32)

/* Of a sum: less than 2^60 + 2^32, congruent. */
INLINE D sum_folded(D sum) { return d_add(d_mul(d_high(sum), d_set1(0x0ffffffe)), d_join(sum, d_set1(0))); }
/* A sum that has room for eight more products. */
INLINE D sum_fold(D sum) {
  return d_add(d_mul(d_high(sum), d_set1(0x0ffffffe)), d_join(sum, d_set1(BABYBEAR_SUM_START)));
}
/* sum * 2^-32 mod p in [0, p), for sums below 2^33 p. */
INLINE V sum_reduced(D sum) {
  V p = v_set1(0x78000001u), high = d_high_words(sum);
  D q = d_mul(d_mul(sum, d_spread(v_set1(0x88000001u))), d_spread(p));
  return bb_sub(v_min(high, v_sub(high, p)), d_high_words(q));
}
