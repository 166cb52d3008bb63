/* The rounds of Poseidon2, for either field. Included by poseidon2_babybear.body.h and poseidon2_goldilocks.body.h,
 * which define internal_layer(VECTOR *state, int width); poseidon2_babybear_words.h and poseidon2_goldilocks_words.h
 * define
 *
 *   WORD, VECTOR, MAXIMUM_WIDTH   a word, a vector of words, the largest width
 *   WAYS                          how many states are permuted side by side
 *   add                           of vectors of words in [0, p)
 *   add_constant(x, c)            a vector and a round constant: a sum that factor takes
 *   FACTOR, factor                what products are made of; a vector as one
 *   mul, square, last_mul         products: of factors; in [0, p)
 *   SBOXES_ABREAST                how many S-boxes go through their products side by side; divides every width */

/* States, one in each lane. */
typedef VECTOR State[MAXIMUM_WIDTH];

#define EACH UNROLLED for (int i = 0; i < n; i++)

/* x[i] = (x[i] + constants[i * step])^7 for 0 <= i < n <= SBOXES_ABREAST. A product waits for the one before it, so all are a
 * product further before any goes on. */
INLINE void sboxes(VECTOR *x, int n, const WORD *constants, int step) {
  FACTOR x1[SBOXES_ABREAST], x2[SBOXES_ABREAST], x3[SBOXES_ABREAST], x4[SBOXES_ABREAST];
  EACH x1[i] = factor(add_constant(x[i], constants[i * step]));
  EACH x2[i] = square(x1[i]);
  EACH x3[i] = mul(x2[i], x1[i]);
  EACH x4[i] = square(x2[i]);
  EACH x[i] = last_mul(x3[i], x4[i]);
}

/* The product with the matrix of rows (2 3 1 1), (1 2 3 1), (1 1 2 3), (3 1 1 2). */
INLINE void mix_four(VECTOR *x) {
  VECTOR x01 = add(x[0], x[1]), x23 = add(x[2], x[3]), sum = add(x01, x23);
  VECTOR sum_x1 = add(sum, x[1]), sum_x3 = add(sum, x[3]);
  VECTOR y1 = add(sum_x1, add(x[2], x[2])), y3 = add(sum_x3, add(x[0], x[0]));
  x[0] = add(sum_x1, x01);
  x[1] = y1;
  x[2] = add(sum_x3, x23);
  x[3] = y3;
}

/* Each four lanes mixed, then to every lane the sum of those whose numbers are congruent to its own modulo four. */
INLINE void external_layer(VECTOR *s, int width) {
  UNROLLED for (int i = 0; i < width; i += 4) mix_four(s + i);
  VECTOR sum[4];
  UNROLLED for (int k = 0; k < 4; k++) {
    sum[k] = add(s[k], s[4 + k]);
    UNROLLED for (int i = 8; i < width; i += 8) sum[k] = add(sum[k], i + 4 < width ? add(s[i + k], s[i + 4 + k]) : s[i + k]);
  }
  UNROLLED for (int i = 0; i < width; i++) s[i] = add(s[i], sum[i % 4]);
}

INLINE void full_round(VECTOR *s, int width, const WORD *constants) {
  UNROLLED for (int i = 0; i < width; i += SBOXES_ABREAST)
      sboxes(s + i, SBOXES_ABREAST, constants + i, 1);
  external_layer(s, width);
}

/* Permutes WAYS states, in a copy that registers can hold. They take the partial rounds side by side, whose S-box
 * leaves one state waiting. `external` holds eight rounds' constants. Loops over rounds stay loops: unrolled, they would
 * not fit the caches of instructions. */
#define ROUNDS _Pragma("clang loop unroll(disable)") for
#define EACH_WAY UNROLLED for (int way = 0; way < WAYS; way++)
INLINE void permute(State *states, int width, const WORD *external, const WORD *internal, int partial_rounds) {
  State s[WAYS];
  EACH_WAY {
    UNROLLED for (int i = 0; i < width; i++) s[way][i] = states[way][i];
    external_layer(s[way], width);
    ROUNDS (int round = 0; round < 4; round++) full_round(s[way], width, external + round * width);
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
    UNROLLED for (int i = 0; i < width; i++) states[way][i] = s[way][i];
  }
}
