/* The sums of Poseidon2's layers, for either field. Included by poseidon2_babybear.body.h and
 * poseidon2_goldilocks.body.h; poseidon2_babybear_words.h and poseidon2_goldilocks_words.h define
 *
 *   VECTOR, MAXIMUM_WIDTH   a vector of words, the largest width
 *   add                     of vectors of words in [0, p)
 *   mix_add                 the sum in the external layer's mixing
 *   UNROLLED for            a loop of which none is left */

/* The product with the matrix of rows (2 3 1 1), (1 2 3 1), (1 1 2 3), (3 1 1 2). */
INLINE void mix_four(VECTOR *x) {
  VECTOR x01 = mix_add(x[0], x[1]), x23 = mix_add(x[2], x[3]), sum = mix_add(x01, x23);
  VECTOR sum_x1 = mix_add(sum, x[1]), sum_x3 = mix_add(sum, x[3]);
  VECTOR y1 = mix_add(sum_x1, mix_add(x[2], x[2])), y3 = mix_add(sum_x3, mix_add(x[0], x[0]));
  x[0] = mix_add(sum_x1, x01);
  x[1] = y1;
  x[2] = mix_add(sum_x3, x23);
  x[3] = y3;
}

/* Each four lanes mixed, then to every lane the sum of those whose numbers are congruent to its own modulo four. */
INLINE void mix(VECTOR *s, int width) {
  UNROLLED for (int i = 0; i < width; i += 4) mix_four(s + i);
  VECTOR sum[4];
  UNROLLED for (int k = 0; k < 4; k++) {
    sum[k] = mix_add(s[k], s[4 + k]);
    if (width == 12) sum[k] = mix_add(sum[k], s[8 + k]);
    UNROLLED for (int i = 8; i + 4 < width; i += 8) sum[k] = mix_add(sum[k], mix_add(s[i + k], s[i + 4 + k]));
  }
  UNROLLED for (int i = 0; i < width; i++) s[i] = mix_add(s[i], sum[i % 4]);
}

/* The sum of n vectors as a tree: a chain would take longer than the S-box beside it. */
INLINE VECTOR sum_of(const VECTOR *x, int n) {
  VECTOR t[MAXIMUM_WIDTH];
  UNROLLED for (int i = 0; i < n; i++) t[i] = x[i];
  UNROLLED for (int left = n; left > 1; left = (left + 1) / 2)
    UNROLLED for (int i = 0; i < left / 2; i++) t[i] = add(t[i], t[left - 1 - i]);
  return t[0];
}
