/* The quintic extension F[X] / (X^5 - 2) over vectors: an element is five vectors, constant first. */

typedef struct Q {
  V c[5];
} Q;

INLINE Q q_set1(const uint32_t *words) {
  Q r;
  for (int l = 0; l < 5; l++) r.c[l] = v_set1(words[l]);
  return r;
}
INLINE Q q_add(Q a, Q b) {
  for (int l = 0; l < 5; l++) a.c[l] = bb_add(a.c[l], b.c[l]);
  return a;
}
INLINE Q q_sub(Q a, Q b) {
  for (int l = 0; l < 5; l++) a.c[l] = bb_sub(a.c[l], b.c[l]);
  return a;
}
INLINE Q q_mul_base(Q a, V b) {
  for (int l = 0; l < 5; l++) a.c[l] = bb_mul(a.c[l], b);
  return a;
}

/* A factor as products take it: centred words, and their doubles for what X^5 = 2 brings back. */
typedef struct QFactor {
  D c[5], doubled[5];
} QFactor;

/* Twice a centred word is at most p - 1 in size, but 2 b_1 is centred again: so the constant coefficient's five
 * products, a_0 b_0 + a_4 2b_1 and three with other doubles, come to at most (2 / 4 + 3 / 2) p^2 = 2 p^2. */
INLINE QFactor q_factor(Q b) {
  QFactor f;
  for (int l = 0; l < 5; l++) {
    V centred = bb_centred(b.c[l]);
    f.c[l] = d_spread(centred);
    f.doubled[l] = d_spread(l == 1 ? bb_centred(bb_double(b.c[1])) : v_add(centred, centred));
  }
  return f;
}
INLINE QFactor q_factor_set1(const uint32_t *words) {
  QFactor f;
  for (int l = 0; l < 5; l++) {
    uint32_t centred = babybear_centred1(words[l]);
    f.c[l] = d_spread(v_set1(centred));
    f.doubled[l] = d_spread(v_set1(l == 1 ? babybear_centred1(babybear_add1(words[1], words[1])) : 2 * centred));
  }
  return f;
}

/* One sum of products for each coefficient. */
typedef struct QSum {
  D c[5];
} QSum;

INLINE QSum q_sum_start(void) {
  QSum s;
  for (int l = 0; l < 5; l++) s.c[l] = d_set1(BABYBEAR_SUM_START);
  return s;
}
/* Adds a * b to a sum that has just been started or folded. */
INLINE QSum q_sum_add(QSum s, Q a, QFactor b) {
#pragma clang loop unroll(full)
  for (int i = 0; i < 5; i++) {
    D x = d_spread(bb_centred(a.c[i]));
#pragma clang loop unroll(full)
    for (int l = 0; l < 5; l++)
      s.c[l] = d_add(s.c[l], d_mul_signed(x, i <= l ? b.c[l - i] : b.doubled[l - i + 5]));
  }
  return s;
}
INLINE QSum q_sum_fold(QSum s) {
  for (int l = 0; l < 5; l++) s.c[l] = sum_fold(s.c[l]);
  return s;
}
/* For a sum that has been started or folded, with at most one product added to a started one and none to a folded. */
INLINE Q q_sum_reduced(QSum s) {
  Q r;
  for (int l = 0; l < 5; l++) r.c[l] = sum_reduced(s.c[l]);
  return r;
}
INLINE Q q_mul(Q a, QFactor b) { return q_sum_reduced(q_sum_add(q_sum_start(), a, b)); }

INLINE Q q_load_some(const uint32_t *const *columns, size_t i, size_t left) {
  Q r;
  for (int l = 0; l < 5; l++) r.c[l] = bb_load_some(columns[l] + i, left);
  return r;
}
INLINE void q_store_some(uint32_t *const *columns, size_t i, size_t left, Q x) {
  for (int l = 0; l < 5; l++) bb_store_some(columns[l] + i, left, x.c[l]);
}
