/* The rounds of Poseidon2, for either field. Included by poseidon2_babybear.body.h and poseidon2_goldilocks.body.h,
 * which define internal_layer(VECTOR *state, int width); poseidon2_babybear_words.h and poseidon2_goldilocks_words.h
 * define
 *
 *   WORD, VECTOR, MAXIMUM_WIDTH   a word, a vector of words, the largest width
 *   add, mul, square, broadcast   the field's operations on vectors of words in [0, p); a vector of one word */

INLINE VECTOR power7(VECTOR x) {
  VECTOR x2 = square(x), x3 = mul(x2, x), x4 = square(x2);
  return mul(x3, x4);
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
  for (int i = 0; i < width; i += 4) mix_four(s + i);
  for (int k = 0; k < 4; k++) {
    VECTOR sum = s[k];
    for (int i = 4 + k; i < width; i += 4) sum = add(sum, s[i]);
    for (int i = k; i < width; i += 4) s[i] = add(s[i], sum);
  }
}

INLINE void full_round(VECTOR *s, int width, const WORD *constants) {
  for (int i = 0; i < width; i++) s[i] = power7(add(s[i], broadcast(constants[i])));
  external_layer(s, width);
}

/* `external` holds eight rounds' constants. The state is permuted in a copy that registers can hold. */
INLINE void permute(VECTOR *state, int width, const WORD *external, const WORD *internal, int partial_rounds) {
  VECTOR s[MAXIMUM_WIDTH];
  for (int i = 0; i < width; i++) s[i] = state[i];
  external_layer(s, width);
  for (int round = 0; round < 4; round++) full_round(s, width, external + round * width);
  for (int round = 0; round < partial_rounds; round++) {
    s[0] = power7(add(s[0], broadcast(internal[round])));
    internal_layer(s, width);
  }
  for (int round = 4; round < 8; round++) full_round(s, width, external + round * width);
  for (int i = 0; i < width; i++) state[i] = s[i];
}
