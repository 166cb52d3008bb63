/* The Poseidon2 permutations over Goldilocks, lane = state - compiled by poseidon2_goldilocks_portable.c,
 * poseidon2_goldilocks_avx2.c, poseidon2_goldilocks_avx512.c. */
#include "poseidon2_constants.h"
#include "poseidon2_goldilocks_words.h"

#include "poseidon2_mix.body.h"

/* On words' halves, of which no sum overflows 64 bits: a carry is waited for longer (nine cycles on Zen 5) than all
 * these sums. In: words in [0, p). Out: any words. */
INLINE void external_layer(W *s, int width) {
  W low[MAXIMUM_WIDTH], high[MAXIMUM_WIDTH], epsilon = w_set1(APUS_GOLDILOCKS_EPSILON);
  UNROLLED for (int i = 0; i < width; i++) {
    low[i] = w_and(s[i], epsilon);
    high[i] = w_shr(s[i], 32);
  }
  mix(low, width);
  mix(high, width);
  UNROLLED for (int i = 0; i < width; i++) {
    W small = w_add(low[i], w_mul_low(w_shr(high[i], 32), epsilon));
    s[i] = gl_add_lazy(w_shl(high[i], 32), small);
  }
}

INLINE W gl_double(W x) { return gl_add(x, x); }

/* x * 2^-k for 1 <= k <= 32. With x = high * 2^k + low it is high + low * 2^-k, and 2^-k = 2^(32 - k) - 2^(64 - k)
 * since p = 2^64 - 2^32 + 1; low * 2^(64 - k) fits 64 bits. */
INLINE W shift_down(W x, int k) {
  W low = w_shl(x, 64 - k);
  return gl_sub(w_shr(x, k), w_sub(low, w_shr(low, 32)));
}

/* s[i] = sum of all lanes + d[i] * s[i], where d is
 *   width  8: -2, 1, 2, 1/2, 3, -1/2, -3, -4
 *   width 12: -2, 1, 2, 1/2, 3, 4, -1/2, -3, -4, 1/4, -1/4, 1/8 */
INLINE void internal_layer(W *s, int width) {
  /* Sums come second in gl_add: what that needs of its second operand is then computed once.
   * Lane 0 comes last into the sum: it leaves the S-box when the other lanes have long been summed. */
  W rest = sum_of(s + 1, width - 1), sum = gl_add(rest, s[0]);
  s[0] = gl_sub(rest, s[0]);
  s[1] = gl_add(s[1], sum);
  s[2] = gl_add(gl_double(s[2]), sum);
  s[3] = gl_add(shift_down(s[3], 1), sum);
  s[4] = gl_add(gl_add(gl_double(s[4]), s[4]), sum);
  W *next = s + 5;
  if (width == 12) {
    s[5] = gl_add(gl_double(gl_double(s[5])), sum);
    s[9] = gl_add(shift_down(s[9], 2), sum);
    s[10] = gl_sub(sum, shift_down(s[10], 2));
    s[11] = gl_add(shift_down(s[11], 3), sum);
    next = s + 6;
  }
  next[0] = gl_sub(sum, shift_down(next[0], 1));
  next[1] = gl_sub(sum, gl_add(gl_double(next[1]), next[1]));
  next[2] = gl_sub(sum, gl_double(gl_double(next[2])));
}

#include "poseidon2_rounds.body.h"

/* States take the rounds side by side: the S-box leaves one state waiting. */
INLINE void partial_rounds(State *states, int width, const uint64_t *constants) {
  ALIGNED_FRAME;
  State s[WAYS];
  EACH_WAY UNROLLED for (int i = 0; i < width; i++) s[way][i] = states[way][i];
  ROUNDS (int round = 0; round < 22; round++) {
    W first[WAYS];
    EACH_WAY first[way] = s[way][0];
    sboxes(first, WAYS, constants + round, 0);
    EACH_WAY s[way][0] = first[way];
    EACH_WAY internal_layer(s[way], width);
  }
  EACH_WAY UNROLLED for (int i = 0; i < width; i++) states[way][i] = s[way][i];
}

static NOINLINE void full8(W *state, const uint64_t *constants) { full_rounds(state, 8, constants); }
static NOINLINE void full12(W *state, const uint64_t *constants) { full_rounds(state, 12, constants); }
static NOINLINE void partial8(State *states) { partial_rounds(states, 8, POSEIDON2_GOLDILOCKS8_INTERNAL); }
static NOINLINE void partial12(State *states) { partial_rounds(states, 12, POSEIDON2_GOLDILOCKS12_INTERNAL); }

static void permute8(State *states) { permute(states, 8, full8, partial8, POSEIDON2_GOLDILOCKS8_EXTERNAL[0]); }
static void permute12(State *states) { permute(states, 12, full12, partial12, POSEIDON2_GOLDILOCKS12_EXTERNAL[0]); }
