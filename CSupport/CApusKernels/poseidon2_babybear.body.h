/* The Poseidon2 permutations over BabyBear, lane = state, words in [0, p) throughout - compiled by
 * poseidon2_babybear_portable.c, poseidon2_babybear_avx2.c, poseidon2_babybear_avx512.c. */
#include "poseidon2_babybear_words.h"
#include "poseidon2_constants.h"

#include "poseidon2_mix.body.h"

INLINE void external_layer(V *s, int width) { mix(s, width); }

/* x * 2^-k for 1 <= k <= 27. With x = high * 2^k + low it is high + low * 2^-k, and 2^-k = -15 * 2^(27 - k) since
 * p = 15 * 2^27 + 1; the product that is left is below p, for low < 2^k. */
INLINE V shift_down(V x, unsigned k) {
  V low = v_and(x, v_set1((1u << k) - 1));
  return bb_sub(v_shr(x, k), v_mullo(low, v_set1(15u << (27 - k))));
}

INLINE V halve(V x) { return v_add(v_shr(x, 1), v_mullo(v_and(x, v_set1(1)), v_set1(0x3c000001u))); }

/* s[i] = sum of all lanes + d[i] * s[i], where d is
 *   width 16: -2, 1, 2, 1/2, 3, 4, -1/2, -3, -4, 2^-8, 1/4, 1/8, 2^-27, -2^-8, -1/16, -2^-27
 *   width 24: -2, 1, 2, 1/2, 3, 4, -1/2, -3, -4, 2^-8, 1/4, 1/8, 1/16, 2^-7, 2^-9, 2^-27,
 *             -2^-8, -1/4, -1/8, -1/16, -1/32, -1/64, -2^-7, -2^-27 */
INLINE void internal_layer(V *s, int width) {
  static const unsigned char plus16[] = {8, 2, 3, 27}, minus16[] = {8, 4, 27};
  static const unsigned char plus24[] = {8, 2, 3, 4, 7, 9, 27}, minus24[] = {8, 2, 3, 4, 5, 6, 7, 27};
  const unsigned char *plus = width == 16 ? plus16 : plus24, *minus = width == 16 ? minus16 : minus24;
  const int first_minus = width == 16 ? 13 : 16;

  /* Lane 0 comes last into the sum: it leaves the S-box when the other lanes have long been summed. */
  V rest = sum_of(s + 1, width - 1), sum = bb_add(rest, s[0]);
  s[0] = bb_sub(rest, s[0]);
  s[1] = bb_add(sum, s[1]);
  s[2] = bb_add(sum, bb_double(s[2]));
  s[3] = bb_add(sum, halve(s[3]));
  s[4] = bb_add(sum, bb_add(bb_double(s[4]), s[4]));
  s[5] = bb_add(sum, bb_double(bb_double(s[5])));
  s[6] = bb_sub(sum, halve(s[6]));
  s[7] = bb_sub(sum, bb_add(bb_double(s[7]), s[7]));
  s[8] = bb_sub(sum, bb_double(bb_double(s[8])));
  UNROLLED for (int i = 9; i < first_minus; i++) s[i] = bb_add(sum, shift_down(s[i], plus[i - 9]));
  UNROLLED for (int i = first_minus; i < width; i++) s[i] = bb_sub(sum, shift_down(s[i], minus[i - first_minus]));
}

#include "poseidon2_rounds.body.h"

static void permute16(State *states) {
  permute(states, 16, POSEIDON2_BABYBEAR16_EXTERNAL[0], POSEIDON2_BABYBEAR16_INTERNAL, 13);
}
static void permute24(State *states) {
  permute(states, 24, POSEIDON2_BABYBEAR24_EXTERNAL[0], POSEIDON2_BABYBEAR24_INTERNAL, 21);
}
