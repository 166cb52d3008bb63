/* The sums of Poseidon2's layers. Included by poseidon2_babybear.body.h and poseidon2_goldilocks.body.h, which define
 * add(VECTOR a, VECTOR b); poseidon2_babybear_words.h and poseidon2_goldilocks_words.h define VECTOR, MAXIMUM_WIDTH. */

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
INLINE void mix(VECTOR *s, int width) {
  UNROLLED for (int i = 0; i < width; i += 4) mix_four(s + i);
  VECTOR sum[4];
  UNROLLED for (int k = 0; k < 4; k++) {
    sum[k] = add(s[k], s[4 + k]);
    if (width == 12) sum[k] = add(sum[k], s[8 + k]);
    UNROLLED for (int i = 8; i + 4 < width; i += 8) sum[k] = add(sum[k], add(s[i + k], s[i + 4 + k]));
  }
  UNROLLED for (int i = 0; i < width; i++) s[i] = add(s[i], sum[i % 4]);
}
