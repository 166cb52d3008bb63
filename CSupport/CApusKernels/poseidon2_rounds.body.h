/* The rounds of Poseidon2, for either field. Included by poseidon2_babybear.body.h and poseidon2_goldilocks.body.h,
 * which define external_layer(VECTOR *state, int width) and internal_layer(VECTOR *state, int width), the latter of
 * words in [0, p); poseidon2_babybear_words.h and poseidon2_goldilocks_words.h define
 *
 *   WORD, VECTOR, MAXIMUM_WIDTH   a word, a vector of words, the largest width
 *   WAYS                          how many states are permuted side by side
 *   add_constant(x, c)            an external or internal layer's vector and a round constant: what factor takes
 *   reduced(x)                    an external layer's vector with words in [0, p)
 *   FACTOR, factor                what products are made of; a vector as one
 *   mul, square, last_mul         products: of factors; in [0, p)
 *   ABREAST(width)                how many S-boxes go through their products side by side; divides the width */

/* States, one in each lane. */
typedef VECTOR State[MAXIMUM_WIDTH];

#define EACH UNROLLED for (int i = 0; i < n; i++)

/* x[i] = (x[i] + constants[i * step])^7 for 0 <= i < n. A product waits for the one before it, so all
 * are a product further before any goes on. */
INLINE void sboxes(VECTOR *x, int n, const WORD *constants, int step) {
  FACTOR x1[MAXIMUM_WIDTH], x2[MAXIMUM_WIDTH], x3[MAXIMUM_WIDTH], x4[MAXIMUM_WIDTH];
  EACH x1[i] = factor(add_constant(x[i], constants[i * step]));
  EACH x2[i] = square(x1[i]);
  EACH x3[i] = mul(x2[i], x1[i]);
  EACH x4[i] = square(x2[i]);
  EACH x[i] = last_mul(x3[i], x4[i]);
}

INLINE void full_round(VECTOR *s, int width, const WORD *constants) {
  UNROLLED for (int i = 0; i < width; i += ABREAST(width))
    sboxes(s + i, ABREAST(width), constants + i, 1);
  external_layer(s, width);
}

/* Permutes WAYS states, in a copy that registers can hold. They take the partial rounds side by side, whose S-box
 * leaves one state waiting. `external` holds eight rounds' constants. Loops over rounds stay loops: unrolled, they
 * would not fit the caches of instructions. */
#define ROUNDS _Pragma("clang loop unroll(disable)") for
#define EACH_WAY UNROLLED for (int way = 0; way < WAYS; way++)
INLINE void permute(State *states, int width, const WORD *external, const WORD *internal, int partial_rounds) {
  State s[WAYS];
  EACH_WAY {
    UNROLLED for (int i = 0; i < width; i++) s[way][i] = states[way][i];
    external_layer(s[way], width);
    ROUNDS (int round = 0; round < 4; round++) full_round(s[way], width, external + round * width);
    UNROLLED for (int i = 0; i < width; i++) s[way][i] = reduced(s[way][i]);
  }
  ROUNDS (int round = 0; round < partial_rounds; round++) {
    VECTOR first[WAYS];
    EACH_WAY first[way] = s[way][0];
    sboxes(first, WAYS, internal + round, 0);
    EACH_WAY s[way][0] = first[way];
    EACH_WAY internal_layer(s[way], width);
  }
  EACH_WAY {
    ROUNDS (int round = 4; round < 8; round++) full_round(s[way], width, external + round * width);
    UNROLLED for (int i = 0; i < width; i++) states[way][i] = reduced(s[way][i]);
  }
}
