/* Kernels over columns of the cubic extension of Goldilocks. Compiled by goldilocks3_portable.c, goldilocks3_avx2.c and
 * goldilocks3_avx512.c. */

#include "goldilocks_sums.h"

#include "goldilocks3_ops.h"

/* What inverses of differences are made of. */
extern const apus_goldilocks_kernels LEVELED(apus_goldilocks_kernels);

/* Rows that a combination or an inner product works on at a time: 32 lines of a column, which is far enough for memory
 * to stream. Columns whose products a combination adds before it reduces their sum. */
enum { SUM_ROWS = 256, SUM_VECTORS = SUM_ROWS / LANES64, COLUMNS = 16, DOT_AHEAD = 2 };

/* Coefficients whose sums are made at one time. */
enum { AT_ONCE = GOLDILOCKS_SUMS };
_Static_assert(DEGREE % AT_ONCE == 0, "all coefficients are summed");

/* Adds the products of factors and `count` columns, at most COLUMNS, to the sums of a vector of rows, of which `left` are
 * there; asks memory for the `coming` columns after them. */
INLINE void combine_vector(W *sums, const uint64_t *const *columns, size_t count, size_t coming,
                           const GFactor (*factors)[DEGREE], size_t row, size_t left) {
  UNROLLED for (int first = 0; first < DEGREE; first += AT_ONCE) {
    GSum sum[AT_ONCE];
    UNROLLED for (int l = 0; l < AT_ONCE; l++) sum[l] = g_sum_start();
    for (size_t c = 0; c < count; c++) {
      W x = gl_load_some(columns[c] + row, left), high = w_high(x);
      UNROLLED for (int l = 0; l < AT_ONCE; l++) sum[l] = g_sum_add(sum[l], x, high, factors[c][first + l]);
    }
    UNROLLED for (int l = 0; l < AT_ONCE; l++) sums[first + l] = gl_add(sums[first + l], g_sum_reduced(sum[l]));
  }
  for (size_t c = 0; c < coming; c++) __builtin_prefetch(columns[count + c] + row);
}

/* The same for `rows` rows, with coefficients in [0, p). */
INLINE void combine_columns(W (*sums)[DEGREE], const uint64_t *const *columns, size_t count, size_t coming,
                            const uint64_t *coefficients, size_t row, size_t rows) {
  GFactor factors[COLUMNS][DEGREE];
  for (size_t c = 0; c < count; c++)
    for (int l = 0; l < DEGREE; l++) factors[c][l] = g_factor(w_set1(coefficients[DEGREE * c + (size_t)l]));
  size_t full = rows / LANES64 * LANES64;
  for (size_t i = 0; i < full; i += LANES64)
    combine_vector(sums[i / LANES64], columns, count, coming, factors, row + i, LANES64);
  if (full < rows) combine_vector(sums[full / LANES64], columns, count, 0, factors, row + full, rows - full);
}

static void LEVELED(combine)(uint64_t *const *out, const uint64_t *const *columns, const uint64_t *coefficients,
                             size_t count, size_t offset, size_t n) {
  APUS_CHECK_BELOW64(coefficients, APUS_GOLDILOCKS_P, DEGREE * count);
  for (size_t done = 0; done < n; done += SUM_ROWS) {
    size_t rows = n - done < SUM_ROWS ? n - done : SUM_ROWS;
    W sums[SUM_VECTORS][DEGREE];
    for (size_t i = 0; i < rows; i += LANES64)
      for (int l = 0; l < DEGREE; l++) sums[i / LANES64][l] = w_set1(0);
    for (size_t c = 0; c < count; c += COLUMNS) {
      size_t left = count - c, some = left < COLUMNS ? left : COLUMNS;
      size_t coming = left - some < COLUMNS ? left - some : COLUMNS;
      combine_columns(sums, columns + c, some, coming, coefficients + DEGREE * c, offset + done, rows);
    }
    FOR_VECTORS64(rows) for (int l = 0; l < DEGREE; l++) gl_store_some(out[l] + done + i, left, sums[i / LANES64][l]);
  }
}

static void LEVELED(dot)(uint64_t *sums, const uint64_t *const *weights, const uint64_t *const *columns, size_t count,
                         size_t offset, size_t n) {
  memset(sums, 0, DEGREE * count * sizeof *sums);
  for (size_t done = 0; done < n; done += SUM_ROWS) {
    size_t rows = n - done < SUM_ROWS ? n - done : SUM_ROWS;
    GFactor factors[SUM_VECTORS][DEGREE];
    for (size_t l = 0; l < DEGREE; l++) {
      APUS_CHECK_BELOW64(weights[l] + done, APUS_GOLDILOCKS_P, rows);
      FOR_VECTORS64(rows) factors[i / LANES64][l] = g_factor(gl_load_some(weights[l] + done + i, left));
    }
    for (size_t c = 0; c < count; c++) {
      const uint64_t *column = columns[c] + offset + done;
      const uint64_t *coming = columns[c + DOT_AHEAD < count ? c + DOT_AHEAD : c] + offset + done;
      UNROLLED for (int first = 0; first < DEGREE; first += AT_ONCE) {
        GSum sum[AT_ONCE];
        UNROLLED for (int l = 0; l < AT_ONCE; l++) sum[l] = g_sum_start();
        FOR_VECTORS64(rows) {
          W x = gl_load_some(column + i, left), high = w_high(x);
          UNROLLED for (int l = 0; l < AT_ONCE; l++)
            sum[l] = g_sum_add(sum[l], x, high, factors[i / LANES64][first + l]);
          if (first == 0) __builtin_prefetch(coming + i);
        }
        UNROLLED for (int l = 0; l < AT_ONCE; l++) {
          uint64_t *total = sums + DEGREE * c + (size_t)(first + l);
          *total = goldilocks_add1(*total, g_sum_total(sum[l]));
        }
      }
    }
  }
}

static void LEVELED(mul)(uint64_t *const *out, const uint64_t *const *a, const uint64_t *const *b, size_t n) {
  FOR_VECTORS64(n) e_store_some(out, i, left, e_mul(e_load_some(a, i, left), e_factor(e_load_some(b, i, left))));
}

/* With m the minimal polynomial of z, m(x) = (x - z) * cofactor(x): so 1 / (x - z) = cofactor(x) / m(x), where m(x) is
 * in the base field and cofactor = x^2 + c_1 x + c_0 follows from z by synthetic division. */
static void LEVELED(inverse_of_difference)(uint64_t *const *out, const uint64_t *x, const uint64_t *z,
                                           const uint64_t *minimal, uint64_t *scratch, size_t n) {
  APUS_CHECK_BELOW64(x, APUS_GOLDILOCKS_P, n);
  uint64_t *norm = scratch;
  FOR_VECTORS64(n) {
    W at = gl_load_some(x + i, left), value = w_set1(minimal[DEGREE]);
    for (int k = DEGREE - 1; k >= 0; k--) value = gl_add(gl_mul(value, at), w_set1(minimal[k]));
    gl_store_some(norm + i, left, value);
  }
  LEVELED(apus_goldilocks_kernels).batch_inverse(norm, norm, scratch + n, n);

  E c1 = e_set1(z);
  EFactor root = e_factor(c1);
  c1.c[0] = gl_add(c1.c[0], w_set1(minimal[2]));
  E c0 = e_mul(c1, root);
  c0.c[0] = gl_add(c0.c[0], w_set1(minimal[1]));
  EFactor factor0 = e_factor(c0), factor1 = e_factor(c1);
  FOR_VECTORS64(n) {
    W at = gl_load_some(x + i, left);
    W power0 = gl_load_some(norm + i, left), power1 = gl_mul(power0, at), power2 = gl_mul(power1, at); /* x^k / m(x) */
    E value;
    UNROLLED for (int l = 0; l < DEGREE; l++) {
      GSum sum = g_sum_add(g_sum_start(), power0, w_high(power0), factor0.c[l]);
      value.c[l] = g_sum_reduced(g_sum_add(sum, power1, w_high(power1), factor1.c[l]));
    }
    value.c[0] = gl_add(value.c[0], power2);
    e_store_some(out, i, left, value);
  }
}

/* Adds the products of factors and `count` columns of elements, at most TERMS, to a vector of rows. */
enum { TERMS = 8 };
INLINE E deep_vector(E numerator, const uint64_t *const *terms, size_t count, const EFactor *factors, size_t row,
                     size_t left) {
  UNROLLED for (int first = 0; first < DEGREE; first += AT_ONCE) {
    GSum sum[AT_ONCE];
    UNROLLED for (int l = 0; l < AT_ONCE; l++) sum[l] = g_sum_start();
    for (size_t t = 0; t < count; t++) {
      E term = e_load_some(terms + DEGREE * t, row, left);
      UNROLLED for (int l = 0; l < AT_ONCE; l++) sum[l] = e_sum_add_at(sum[l], first + l, term, factors[t]);
    }
    UNROLLED for (int l = 0; l < AT_ONCE; l++)
      numerator.c[first + l] = gl_add(numerator.c[first + l], g_sum_reduced(sum[l]));
  }
  return numerator;
}

static void LEVELED(deep)(uint64_t *const *out, const uint64_t *const *inverse, const uint64_t *const *terms,
                          const uint64_t *coefficients, size_t count, const uint64_t *constant, size_t offset,
                          size_t n) {
  for (size_t done = 0; done < n; done += SUM_ROWS) {
    size_t rows = n - done < SUM_ROWS ? n - done : SUM_ROWS;
    E numerators[SUM_VECTORS];
    for (size_t i = 0; i < rows; i += LANES64) numerators[i / LANES64] = e_set1(constant);
    for (size_t t = 0; t < count; t += TERMS) {
      size_t some = count - t < TERMS ? count - t : TERMS;
      EFactor factors[TERMS];
      for (size_t k = 0; k < some; k++) factors[k] = e_factor_set1(coefficients + DEGREE * (t + k));
      FOR_VECTORS64(rows) {
        E *numerator = numerators + i / LANES64;
        *numerator = deep_vector(*numerator, terms + DEGREE * t, some, factors, offset + done + i, left);
      }
    }
    FOR_VECTORS64(rows) {
      E share = e_mul(numerators[i / LANES64], e_factor(e_load_some(inverse, done + i, left)));
      e_store_some(out, done + i, left, e_add(e_load_some((const uint64_t *const *)out, done + i, left), share));
    }
  }
}

static void LEVELED(fold)(uint64_t *const *out, const uint64_t *const *in, const uint64_t *inverse_x,
                          const uint64_t *betas, const uint64_t *roots, unsigned arity_log, size_t rows_out,
                          size_t begin, size_t end) {
  APUS_CHECK(arity_log <= APUS_EXTENSION_MAX_ARITY_LOG);
  uint64_t half = (APUS_GOLDILOCKS_P + 1) / 2, unscale = 1;
  for (unsigned t = 0; t < arity_log; t++) unscale = goldilocks_mul1(unscale, half);
  EFactor factors[APUS_EXTENSION_MAX_ARITY_LOG];
  for (unsigned t = 0; t < arity_log; t++) factors[t] = e_factor_set1(betas + DEGREE * t);
  for (size_t i = begin; i < end; i += LANES64) {
    size_t left = end - i;
    E fibre[1 << APUS_EXTENSION_MAX_ARITY_LOG];
    for (size_t j = 0; j < (size_t)1 << arity_log; j++) fibre[j] = e_load_some(in, i + j * rows_out, left);
    W inverse = gl_load_some(inverse_x + i, left);
    const uint64_t *root = roots;
    /* f(x) = even(x^2) + x odd(x^2): each step leaves twice even + beta odd, so the end is scaled by 2^-arity_log. */
    for (unsigned t = 0; t < arity_log; t++) {
      size_t pairs = (size_t)1 << (arity_log - 1 - t);
      for (size_t j = 0; j < pairs; j++) {
        E u = fibre[j], v = fibre[j + pairs];
        E odd = e_mul_base(e_sub(u, v), gl_mul(inverse, w_set1(root[j])));
        fibre[j] = e_add(e_add(u, v), e_mul(odd, factors[t]));
      }
      root += pairs;
      inverse = gl_square(inverse);
    }
    e_store_some(out, i, left, e_mul_base(fibre[0], w_set1(unscale)));
  }
}

const apus_goldilocks_extension_kernels LEVELED(apus_goldilocks3_kernels) = {
    .combine = LEVELED(combine),
    .dot = LEVELED(dot),
    .mul = LEVELED(mul),
    .inverse_of_difference = LEVELED(inverse_of_difference),
    .deep = LEVELED(deep),
    .fold = LEVELED(fold),
};
