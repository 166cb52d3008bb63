/* The cubic extension F[X] / (X^3 - 2) of Goldilocks over vectors: an element is three vectors, constant first. */

enum { DEGREE = 3 };

typedef struct E {
  W c[DEGREE];
} E;

INLINE E e_set1(const uint64_t *words) {
  E r;
  for (int l = 0; l < DEGREE; l++) r.c[l] = w_set1(words[l]);
  return r;
}
INLINE E e_add(E a, E b) {
  for (int l = 0; l < DEGREE; l++) a.c[l] = gl_add(a.c[l], b.c[l]);
  return a;
}
INLINE E e_sub(E a, E b) {
  for (int l = 0; l < DEGREE; l++) a.c[l] = gl_sub(a.c[l], b.c[l]);
  return a;
}
INLINE E e_mul_base(E a, W b) {
  for (int l = 0; l < DEGREE; l++) a.c[l] = gl_mul(a.c[l], b);
  return a;
}

/* A factor as products take it, and its double for what X^3 = 2 brings back. */
typedef struct EFactor {
  GFactor c[DEGREE], doubled[DEGREE];
} EFactor;

INLINE EFactor e_factor(E b) {
  EFactor f;
  for (int l = 0; l < DEGREE; l++) {
    f.c[l] = g_factor(b.c[l]);
    f.doubled[l] = g_factor(gl_add(b.c[l], b.c[l]));
  }
  return f;
}
INLINE EFactor e_factor_set1(const uint64_t *words) { return e_factor(e_set1(words)); }

/* Coefficient l of s + a * b, DEGREE terms of a sum. */
INLINE GSum e_sum_add_at(GSum s, int l, E a, EFactor b) {
  UNROLLED for (int i = 0; i < DEGREE; i++)
    s = g_sum_add(s, a.c[i], w_high(a.c[i]), i <= l ? b.c[l - i] : b.doubled[l - i + DEGREE]);
  return s;
}
INLINE E e_mul(E a, EFactor b) {
  E r;
  UNROLLED for (int l = 0; l < DEGREE; l++) r.c[l] = g_sum_reduced(e_sum_add_at(g_sum_start(), l, a, b));
  return r;
}

INLINE E e_load_some(const uint64_t *const *columns, size_t i, size_t left) {
  E r;
  for (int l = 0; l < DEGREE; l++) r.c[l] = gl_load_some(columns[l] + i, left);
  return r;
}
INLINE void e_store_some(uint64_t *const *columns, size_t i, size_t left, E x) {
  for (int l = 0; l < DEGREE; l++) gl_store_some(columns[l] + i, left, x.c[l]);
}
