/* An extension F[X] / (X^DEGREE - w) of BabyBear over vectors: an element is DEGREE vectors, constant first. The thin
 * files define DEGREE, EXTENSION_KERNELS, which names the table, and what products need of w:
 *
 *   e_carried(b, l)   w * b, of size at most p, so that a product, DEGREE products of centred words with coefficients
 *                     of a factor or with what e_carried makes of those, is at most 2 p^2; b is coefficient l >= 1 */

typedef struct E {
  V c[DEGREE];
} E;

INLINE E e_set1(const uint32_t *words) {
  E r;
  for (int l = 0; l < DEGREE; l++) r.c[l] = v_set1(words[l]);
  return r;
}
INLINE E e_add(E a, E b) {
  for (int l = 0; l < DEGREE; l++) a.c[l] = bb_add(a.c[l], b.c[l]);
  return a;
}
INLINE E e_sub(E a, E b) {
  for (int l = 0; l < DEGREE; l++) a.c[l] = bb_sub(a.c[l], b.c[l]);
  return a;
}
INLINE E e_mul_base(E a, V b) {
  for (int l = 0; l < DEGREE; l++) a.c[l] = bb_mul(a.c[l], b);
  return a;
}

/* A factor as products take it: centred words, and w times them for what X^DEGREE = w brings back. */
typedef struct EFactor {
  D c[DEGREE], carried[DEGREE];
} EFactor;

INLINE EFactor e_factor(E b) {
  EFactor f;
  for (int l = 0; l < DEGREE; l++) f.c[l] = d_spread(bb_centred(b.c[l]));
  f.carried[0] = f.c[0];
  for (int l = 1; l < DEGREE; l++) f.carried[l] = e_carried(b.c[l], l);
  return f;
}
INLINE EFactor e_factor_set1(const uint32_t *words) { return e_factor(e_set1(words)); }

/* One sum of products for each coefficient. */
typedef struct ESum {
  D c[DEGREE];
} ESum;

INLINE ESum e_sum_start(void) {
  ESum s;
  for (int l = 0; l < DEGREE; l++) s.c[l] = d_set1(BABYBEAR_SUM_START);
  return s;
}
/* Adds a * b to a sum that has just been started or folded. */
INLINE ESum e_sum_add(ESum s, E a, EFactor b) {
#pragma clang loop unroll(full)
  for (int i = 0; i < DEGREE; i++) {
    D x = d_spread(bb_centred(a.c[i]));
#pragma clang loop unroll(full)
    for (int l = 0; l < DEGREE; l++)
      s.c[l] = d_add(s.c[l], d_mul_signed(x, i <= l ? b.c[l - i] : b.carried[l - i + DEGREE]));
  }
  return s;
}
INLINE ESum e_sum_fold(ESum s) {
  for (int l = 0; l < DEGREE; l++) s.c[l] = sum_fold(s.c[l]);
  return s;
}
/* For a sum that has been started or folded, with at most one product added to a started one and none to a folded. */
INLINE E e_sum_reduced(ESum s) {
  E r;
  for (int l = 0; l < DEGREE; l++) r.c[l] = sum_reduced(s.c[l]);
  return r;
}
INLINE E e_mul(E a, EFactor b) { return e_sum_reduced(e_sum_add(e_sum_start(), a, b)); }

INLINE E e_load_some(const uint32_t *const *columns, size_t i, size_t left) {
  E r;
  for (int l = 0; l < DEGREE; l++) r.c[l] = bb_load_some(columns[l] + i, left);
  return r;
}
INLINE void e_store_some(uint32_t *const *columns, size_t i, size_t left, E x) {
  for (int l = 0; l < DEGREE; l++) bb_store_some(columns[l] + i, left, x.c[l]);
}
