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
INLINE Q q_mul(Q a, Q b) {
  V d[9];
  for (int k = 0; k < 9; k++) {
    int first = k < 5 ? 0 : k - 4, last = k < 5 ? k : 4;
    d[k] = bb_mul(a.c[first], b.c[k - first]);
    for (int i = first + 1; i <= last; i++) d[k] = bb_add(d[k], bb_mul(a.c[i], b.c[k - i]));
  }
  Q r;
  for (int l = 0; l < 5; l++) r.c[l] = l < 4 ? bb_add(d[l], bb_double(d[l + 5])) : d[l];
  return r;
}
INLINE Q q_load_some(const uint32_t *const *columns, size_t i, size_t left) {
  Q r;
  for (int l = 0; l < 5; l++) r.c[l] = bb_load_some(columns[l] + i, left);
  return r;
}
INLINE void q_store_some(uint32_t *const *columns, size_t i, size_t left, Q x) {
  for (int l = 0; l < 5; l++) bb_store_some(columns[l] + i, left, x.c[l]);
}
