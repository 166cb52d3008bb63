/* Kernels over columns of an extension of BabyBear. Compiled for each instruction set by babybear4_*.c and babybear5_*.c,
 * which say which extension: see babybear_extension_ops.h. */

enum { BABYBEAR_P = 0x78000001 };

#include "babybear_sums.h"

#include "babybear_extension_ops.h"

/* What inverses of differences are made of. */
extern const apus_babybear_kernels LEVELED(apus_babybear_kernels);

/* Rows that a combination or an inner product works on at a time, while what it knows of them stays in the first
 * cache: 32 lines of a column, which is far enough for memory to stream. */
enum { SUM_ROWS = 512, SUM_VECTORS = SUM_ROWS / LANES, DOT_AHEAD = 2 };

/* Adds the products of centred coefficients and `count` columns, at most BABYBEAR_TERMS, to the sums of a vector of
 * rows, of which `left` are there; asks memory for the `coming` columns after them. */
INLINE void combine_vector(D *sums, const uint32_t *const *columns, size_t count, size_t coming,
                           const uint32_t *centred, size_t row, size_t left) {
  V half = v_set1(BABYBEAR_HALF);
  D sum[DEGREE];
  for (int l = 0; l < DEGREE; l++) sum[l] = sums[l];
  for (size_t c = 0; c < count; c++) {
    D x = d_spread(v_sub(bb_load_some(columns[c] + row, left), half));
    for (size_t l = 0; l < DEGREE; l++) sum[l] = d_add(sum[l], d_mul_signed(x, d_spread(v_set1(centred[DEGREE * c + l]))));
  }
  for (int l = 0; l < DEGREE; l++) sums[l] = sum_fold(sum[l]);
  for (size_t c = 0; c < coming; c++) __builtin_prefetch(columns[count + c] + row);
}

/* The same for `rows` rows, with coefficients in [0, p). */
INLINE void combine_columns(D (*sums)[DEGREE], const uint32_t *const *columns, size_t count, size_t coming,
                            const uint32_t *coefficients, size_t row, size_t rows) {
  uint32_t centred[DEGREE * BABYBEAR_TERMS];
  for (size_t k = 0; k < DEGREE * count; k++) centred[k] = babybear_centred1(coefficients[k]);
  size_t full = rows / LANES * LANES;
  for (size_t i = 0; i < full; i += LANES)
    combine_vector(sums[i / LANES], columns, count, coming, centred, row + i, LANES);
  if (full < rows) combine_vector(sums[full / LANES], columns, count, 0, centred, row + full, rows - full);
}

static void LEVELED(combine)(uint32_t *const *out, const uint32_t *const *columns,
                                     const uint32_t *coefficients, size_t count, size_t offset, size_t n) {
  APUS_CHECK_BELOW(coefficients, BABYBEAR_P, DEGREE * count);
  uint32_t missing[DEGREE] = {0};
  for (size_t k = 0; k < DEGREE * count; k++)
    missing[k % DEGREE] = babybear_add1(missing[k % DEGREE], babybear_mul1(coefficients[k], BABYBEAR_HALF));
  for (size_t done = 0; done < n; done += SUM_ROWS) {
    size_t rows = n - done < SUM_ROWS ? n - done : SUM_ROWS;
    D sums[SUM_VECTORS][DEGREE];
    for (size_t i = 0; i < rows; i += LANES)
      for (int l = 0; l < DEGREE; l++) sums[i / LANES][l] = d_set1(BABYBEAR_SUM_START);
    for (size_t c = 0; c < count; c += BABYBEAR_TERMS) {
      size_t left = count - c, some = left < BABYBEAR_TERMS ? left : BABYBEAR_TERMS;
      size_t coming = left - some < BABYBEAR_TERMS ? left - some : BABYBEAR_TERMS;
      combine_columns(sums, columns + c, some, coming, coefficients + DEGREE * c, offset + done, rows);
    }
    FOR_VECTORS(rows) for (int l = 0; l < DEGREE; l++)
      bb_store_some(out[l] + done + i, left, bb_add(sum_reduced(sums[i / LANES][l]), v_set1(missing[l])));
  }
}

/* Adds the products of weights and a vector of a column, of which `left` words are there. */
INLINE void dot_vector(D *sums, const D *weights, const uint32_t *column, size_t left) {
  D x = d_spread(v_sub(bb_load_some(column, left), v_set1(BABYBEAR_HALF)));
  for (int l = 0; l < DEGREE; l++) sums[l] = d_add(sums[l], d_mul_signed(x, weights[l]));
}

/* The inner product of weights with `rows` rows of a column, but for what centring the column misses; asks memory for
 * a column that comes later. Totals are below 2^63. */
INLINE void dot_column(uint64_t *totals, const D (*weights)[DEGREE], const uint32_t *column, const uint32_t *coming,
                       size_t rows) {
  D sum[DEGREE];
  for (int l = 0; l < DEGREE; l++) sum[l] = d_set1(BABYBEAR_SUM_START);
  size_t full = rows / LANES * LANES;
  for (size_t i = 0; i < full;) {
    size_t end = full - i < BABYBEAR_TERMS * LANES ? full : i + BABYBEAR_TERMS * LANES;
    for (; i < end; i += LANES) {
      dot_vector(sum, weights[i / LANES], column + i, LANES);
      __builtin_prefetch(coming + i);
    }
    for (int l = 0; l < DEGREE; l++) sum[l] = sum_fold(sum[l]);
  }
  if (full < rows) dot_vector(sum, weights[full / LANES], column + full, rows - full);
  /* Folded twice, a sum is below 2^58: sixteen of them fit a word. */
  for (int l = 0; l < DEGREE; l++) totals[l] = d_total(sum_folded(sum_folded(sum[l])));
}

static void LEVELED(dot)(uint32_t *sums, const uint32_t *const *weights, const uint32_t *const *columns,
                                 size_t count, size_t offset, size_t n) {
  memset(sums, 0, DEGREE * count * sizeof *sums);
  for (size_t done = 0; done < n; done += SUM_ROWS) {
    size_t rows = n - done < SUM_ROWS ? n - done : SUM_ROWS;
    D spread[SUM_VECTORS][DEGREE];
    uint64_t missing[DEGREE];
    for (size_t l = 0; l < DEGREE; l++) {
      APUS_CHECK_BELOW(weights[l] + done, BABYBEAR_P, rows);
      D share = d_set1(0);
      FOR_VECTORS(rows) {
        V word = bb_load_some(weights[l] + done + i, left);
        spread[i / LANES][l] = d_spread(bb_centred(word));
        share = d_add(share, d_join(d_spread(word), d_set1(0)));
      }
      missing[l] = d_total(share) % BABYBEAR_P * BABYBEAR_HALF;
    }
    for (size_t c = 0; c < count; c++) {
      const uint32_t *coming = columns[c + DOT_AHEAD < count ? c + DOT_AHEAD : c];
      uint64_t totals[DEGREE];
      dot_column(totals, spread, columns[c] + offset + done, coming + offset + done, rows);
      for (size_t l = 0; l < DEGREE; l++) {
        uint32_t *sum = sums + DEGREE * c + l;
        *sum = babybear_add1(*sum, babybear_reduce1((totals[l] + missing[l]) % BABYBEAR_SUM_START));
      }
    }
  }
}

static void LEVELED(mul)(uint32_t *const *out, const uint32_t *const *a, const uint32_t *const *b, size_t n) {
  FOR_VECTORS(n) e_store_some(out, i, left, e_mul(e_load_some(a, i, left), e_factor(e_load_some(b, i, left))));
}

/* With m the minimal polynomial of z, m(x) = (x - z) * cofactor(x): so 1 / (x - z) = cofactor(x) / m(x), where m(x) is
 * in the base field and cofactor's coefficients follow from z by synthetic division; the one of x^(DEGREE - 1) is 1. */
static void LEVELED(inverse_of_difference)(uint32_t *const *out, const uint32_t *x, const uint32_t *z,
                                                   const uint32_t *minimal, uint32_t *scratch, size_t n) {
  APUS_CHECK_BELOW(x, BABYBEAR_P, n);
  uint32_t *norm = scratch;
  FOR_VECTORS(n) {
    V at = bb_load_some(x + i, left), value = v_set1(minimal[DEGREE]);
    for (int k = DEGREE - 1; k >= 0; k--) value = bb_add(bb_mul(value, at), v_set1(minimal[k]));
    bb_store_some(norm + i, left, value);
  }
  LEVELED(apus_babybear_kernels).batch_inverse(norm, norm, scratch + n, n);

  EFactor root = e_factor_set1(z);
  E coefficient = e_set1((const uint32_t[DEGREE]){BABYBEAR_ONE});
  D cofactor[DEGREE - 1][DEGREE];
  for (int k = DEGREE - 2; k >= 0; k--) {
    coefficient = e_mul(coefficient, root);
    coefficient.c[0] = bb_add(coefficient.c[0], v_set1(minimal[k + 1]));
    for (int l = 0; l < DEGREE; l++) cofactor[k][l] = d_spread(bb_centred(coefficient.c[l]));
  }
  FOR_VECTORS(n) {
    V at = bb_load_some(x + i, left), power = bb_load_some(norm + i, left); /* x^k / m(x) */
    ESum sum = e_sum_start();
#pragma clang loop unroll(full)
    for (int k = 0; k < DEGREE - 1; k++) {
      D term = d_spread(bb_centred(power));
      for (int l = 0; l < DEGREE; l++) sum.c[l] = d_add(sum.c[l], d_mul_signed(term, cofactor[k][l]));
      power = bb_mul(power, at);
    }
    E value = e_sum_reduced(sum);
    value.c[0] = bb_add(value.c[0], power);
    e_store_some(out, i, left, value);
  }
}

static void LEVELED(deep)(uint32_t *const *out, const uint32_t *const *inverse, const uint32_t *const *terms,
                                  const uint32_t *coefficients, size_t count, const uint32_t *constant, size_t offset,
                                  size_t n) {
  for (size_t done = 0; done < n; done += SUM_ROWS) {
    size_t rows = n - done < SUM_ROWS ? n - done : SUM_ROWS;
    ESum sums[SUM_VECTORS];
    for (size_t i = 0; i < rows; i += LANES) sums[i / LANES] = e_sum_start();
    for (size_t t = 0; t < count; t++) {
      EFactor coefficient = e_factor_set1(coefficients + DEGREE * t);
      FOR_VECTORS(rows) {
        ESum *sum = sums + i / LANES;
        *sum = e_sum_fold(e_sum_add(*sum, e_load_some(terms + DEGREE * t, offset + done + i, left), coefficient));
      }
    }
    E missing = e_set1(constant);
    FOR_VECTORS(rows) {
      E numerator = e_add(e_sum_reduced(sums[i / LANES]), missing);
      E share = e_mul(numerator, e_factor(e_load_some(inverse, done + i, left)));
      e_store_some(out, done + i, left, e_add(e_load_some((const uint32_t *const *)out, done + i, left), share));
    }
  }
}

static void LEVELED(fold)(uint32_t *const *out, const uint32_t *const *in, const uint32_t *inverse_x,
                                  const uint32_t *betas, const uint32_t *roots, unsigned arity_log, size_t rows_out,
                                  size_t begin, size_t end) {
  APUS_CHECK(arity_log <= APUS_EXTENSION_MAX_ARITY_LOG);
  uint32_t half = 0x07ffffff; /* 2^31, one half in Montgomery form */
  uint32_t unscale = BABYBEAR_ONE;
  for (unsigned t = 0; t < arity_log; t++) unscale = babybear_mul1(unscale, half);
  EFactor factors[APUS_EXTENSION_MAX_ARITY_LOG];
  for (unsigned t = 0; t < arity_log; t++) factors[t] = e_factor_set1(betas + DEGREE * t);
  for (size_t i = begin; i < end; i += LANES) {
    size_t left = end - i;
    E fibre[1 << APUS_EXTENSION_MAX_ARITY_LOG];
    for (size_t j = 0; j < (size_t)1 << arity_log; j++) fibre[j] = e_load_some(in, i + j * rows_out, left);
    V inverse = bb_load_some(inverse_x + i, left);
    const uint32_t *root = roots;
    /* f(x) = even(x^2) + x odd(x^2): each step leaves twice even + beta odd, so the end is scaled by 2^-arity_log. */
    for (unsigned t = 0; t < arity_log; t++) {
      size_t pairs = (size_t)1 << (arity_log - 1 - t);
      for (size_t j = 0; j < pairs; j++) {
        E u = fibre[j], v = fibre[j + pairs];
        E odd = e_mul_base(e_sub(u, v), bb_mul(inverse, v_set1(root[j])));
        fibre[j] = e_add(e_add(u, v), e_mul(odd, factors[t]));
      }
      root += pairs;
      inverse = bb_mul(inverse, inverse);
    }
    e_store_some(out, i, left, e_mul_base(fibre[0], v_set1(unscale)));
  }
}

const apus_babybear_extension_kernels LEVELED(EXTENSION_KERNELS) = {
    .combine = LEVELED(combine),
    .dot = LEVELED(dot),
    .mul = LEVELED(mul),
    .inverse_of_difference = LEVELED(inverse_of_difference),
    .deep = LEVELED(deep),
    .fold = LEVELED(fold),
};
