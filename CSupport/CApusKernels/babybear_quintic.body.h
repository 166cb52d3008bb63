/* Kernels over columns of the quintic extension: what DEEP quotients and FRI are made of. */

#include "quintic_ops.h"

static void LEVELED(quintic_combine)(uint32_t *const *out, const uint32_t *const *columns,
                                     const uint32_t *coefficients, size_t count, size_t offset, size_t n) {
  APUS_CHECK_BELOW(coefficients, BABYBEAR_P, 5 * count);
  FOR_VECTORS(n) {
    Q sum = q_set1((const uint32_t[5]){0});
    for (size_t c = 0; c < count; c++) {
      V x = bb_load_some(columns[c] + offset + i, left);
      for (int l = 0; l < 5; l++)
        sum.c[l] = bb_add(sum.c[l], bb_mul(x, v_set1(coefficients[5 * c + (size_t)l])));
    }
    q_store_some(out, i, left, sum);
  }
}

static void LEVELED(quintic_mul)(uint32_t *const *out, const uint32_t *const *a, const uint32_t *const *b, size_t n) {
  FOR_VECTORS(n) q_store_some(out, i, left, q_mul(q_load_some(a, i, left), q_load_some(b, i, left)));
}

/* With m the minimal polynomial of z, m(x) = (x - z) * cofactor(x): so 1 / (x - z) = cofactor(x) / m(x), where m(x) is
 * in the base field and cofactor's coefficients follow from z by synthetic division. */
static void LEVELED(quintic_inverse_of_difference)(uint32_t *const *out, const uint32_t *x, const uint32_t *z,
                                                   const uint32_t *minimal, uint32_t *scratch, size_t n) {
  APUS_CHECK_BELOW(x, BABYBEAR_P, n);
  uint32_t *norm = scratch;
  FOR_VECTORS(n) {
    V at = bb_load_some(x + i, left), value = v_set1(minimal[5]);
    for (int k = 4; k >= 0; k--) value = bb_add(bb_mul(value, at), v_set1(minimal[k]));
    bb_store_some(norm + i, left, value);
  }
  LEVELED(batch_inverse)(norm, norm, scratch + n, n);

  Q cofactor[5], root = q_set1(z);
  cofactor[4] = q_set1((const uint32_t[5]){BABYBEAR_ONE});
  for (int k = 3; k >= 0; k--) {
    cofactor[k] = q_mul(cofactor[k + 1], root);
    cofactor[k].c[0] = bb_add(cofactor[k].c[0], v_set1(minimal[k + 1]));
  }
  FOR_VECTORS(n) {
    V at = bb_load_some(x + i, left);
    Q value = cofactor[3];
    value.c[0] = bb_add(value.c[0], at);
    for (int k = 2; k >= 0; k--) value = q_add(q_mul_base(value, at), cofactor[k]);
    q_store_some(out, i, left, q_mul_base(value, bb_load_some(norm + i, left)));
  }
}

static void LEVELED(quintic_deep)(uint32_t *const *out, const uint32_t *const *inverse, const uint32_t *const *terms,
                                  const uint32_t *coefficients, size_t count, const uint32_t *constant, size_t offset,
                                  size_t n) {
  FOR_VECTORS(n) {
    Q sum = q_set1(constant);
    for (size_t t = 0; t < count; t++)
      sum = q_add(sum, q_mul(q_load_some(terms + 5 * t, offset + i, left), q_set1(coefficients + 5 * t)));
    Q share = q_mul(sum, q_load_some(inverse, i, left));
    q_store_some(out, i, left, q_add(q_load_some((const uint32_t *const *)out, i, left), share));
  }
}

static void LEVELED(quintic_fold)(uint32_t *const *out, const uint32_t *const *in, const uint32_t *inverse_x,
                                  const uint32_t *betas, const uint32_t *roots, unsigned arity_log, size_t rows_out,
                                  size_t begin, size_t end) {
  APUS_CHECK(arity_log <= APUS_BABYBEAR_MAX_ARITY_LOG);
  uint32_t half = 0x07ffffff; /* 2^31, one half in Montgomery form */
  uint32_t unscale = BABYBEAR_ONE;
  for (unsigned t = 0; t < arity_log; t++) unscale = babybear_mul1(unscale, half);
  for (size_t i = begin; i < end; i += LANES) {
    size_t left = end - i;
    Q fibre[1 << APUS_BABYBEAR_MAX_ARITY_LOG];
    for (size_t j = 0; j < (size_t)1 << arity_log; j++) fibre[j] = q_load_some(in, i + j * rows_out, left);
    V inverse = bb_load_some(inverse_x + i, left);
    const uint32_t *root = roots;
    /* f(x) = even(x^2) + x odd(x^2): each step leaves twice even + beta odd, so the end is scaled by 2^-arity_log. */
    for (unsigned t = 0; t < arity_log; t++) {
      size_t pairs = (size_t)1 << (arity_log - 1 - t);
      Q beta = q_set1(betas + 5 * t);
      for (size_t j = 0; j < pairs; j++) {
        Q u = fibre[j], v = fibre[j + pairs];
        Q odd = q_mul_base(q_sub(u, v), bb_mul(inverse, v_set1(root[j])));
        fibre[j] = q_add(q_add(u, v), q_mul(odd, beta));
      }
      root += pairs;
      inverse = bb_mul(inverse, inverse);
    }
    q_store_some(out, i, left, q_mul_base(fibre[0], v_set1(unscale)));
  }
}
