/* BabyBear, p = 15 * 2^27 + 1, over whole columns.
 *
 * A BabyBear word is x * 2^32 mod p (Montgomery form), in [0, p). The quintic extension is F[X] / (X^5 - 2); a column
 * of its elements is five BabyBear columns (limb 0 first), passed as an array of five pointers.
 * Unless a contract says otherwise, an output may be the same array as an input but must not overlap it otherwise. */
#ifndef APUS_BABYBEAR_H
#define APUS_BABYBEAR_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#ifdef __cplusplus
extern "C" {
#endif

#define APUS_BABYBEAR_P 0x78000001u
#define APUS_BABYBEAR_MAX_ARITY_LOG 4

typedef struct apus_babybear_kernels {
  /* out[i] = a[i] + b[i], a[i] - b[i], a[i] * b[i] for 0 <= i < n; words in [0, p); n any. */
  void (*add)(uint32_t *out, const uint32_t *a, const uint32_t *b, size_t n);
  void (*sub)(uint32_t *out, const uint32_t *a, const uint32_t *b, size_t n);
  void (*mul)(uint32_t *out, const uint32_t *a, const uint32_t *b, size_t n);
  /* out[i] = s * a[i]. */
  void (*scale)(uint32_t *out, const uint32_t *a, uint32_t s, size_t n);
  /* out[i] = a[i] * b[i] + c[i]. */
  void (*mul_add)(uint32_t *out, const uint32_t *a, const uint32_t *b, const uint32_t *c, size_t n);
  /* out[i] = a[i]^-1, and 0 where a[i] = 0. n any; scratch holds n words and overlaps neither. */
  void (*batch_inverse)(uint32_t *out, const uint32_t *a, uint32_t *scratch, size_t n);
  /* out[i] = in[i] * 2^32 mod p; in: any 32-bit words. */
  void (*to_montgomery)(uint32_t *out, const uint32_t *in, size_t n);
  /* out[i] = the canonical integer in [0, p) of in[i]. */
  void (*from_montgomery)(uint32_t *out, const uint32_t *in, size_t n);
  /* out[i] = first * ratio^i. */
  void (*powers)(uint32_t *out, uint32_t first, uint32_t ratio, size_t n);

  /* out[l][i] = sum over c of coefficients[5 * c + l] * columns[c][offset + i]: a linear combination of base columns
   * with extension coefficients. out: five arrays of n words that overlap no column. count any. */
  void (*quintic_combine)(uint32_t *const *out, const uint32_t *const *columns, const uint32_t *coefficients,
                          size_t count, size_t offset, size_t n);
  /* sums[5 * c + l] = sum over i < n of weights[l][i] * columns[c][offset + i]: the inner products of an extension
   * column with base columns. count any. */
  void (*quintic_dot)(uint32_t *sums, const uint32_t *const *weights, const uint32_t *const *columns, size_t count,
                      size_t offset, size_t n);
  /* out[i] = a[i] * b[i] in the extension. */
  void (*quintic_mul)(uint32_t *const *out, const uint32_t *const *a, const uint32_t *const *b, size_t n);
  /* out[i] = 1 / (x[i] - z) for base x[i] and extension z outside the base field.
   * minimal: the six coefficients of z's monic minimal polynomial over the base field, constant first.
   * scratch: 2 * n words. */
  void (*quintic_inverse_of_difference)(uint32_t *const *out, const uint32_t *x, const uint32_t *z,
                                        const uint32_t *minimal, uint32_t *scratch, size_t n);
  /* out[i] += inverse[i] * (constant + sum over t of coefficients[5 * t ..] * terms[5 * t ..][offset + i]):
   * one opening point's share of the DEEP quotient. terms: 5 * count pointers. */
  void (*quintic_deep)(uint32_t *const *out, const uint32_t *const *inverse, const uint32_t *const *terms,
                       const uint32_t *coefficients, size_t count, const uint32_t *constant, size_t offset, size_t n);
  /* One FRI fold by 2^arity_log on one coset: fibre i of `in` is in[i + j * rows_out], 0 <= j < 2^arity_log;
   * out[i] is the value at beta of the polynomial of degree < 2^arity_log through the points
   * (x_i * g^(j * rows_out), in[i + j * rows_out]), where inverse_x[i] = 1 / x_i, x_i = x_0 * g^i and g generates the
   * coset's subgroup of order rows_out << arity_log.
   * betas: arity_log extension elements, beta^(2^t). roots: for each t < arity_log the 2^(arity_log-1-t) words
   * (g^(2^t * rows_out))^-j, one after the other. in, out: five arrays each that do not overlap; rows i in [begin, end). */
  void (*quintic_fold)(uint32_t *const *out, const uint32_t *const *in, const uint32_t *inverse_x,
                       const uint32_t *betas, const uint32_t *roots, unsigned arity_log, size_t rows_out, size_t begin,
                       size_t end);
} apus_babybear_kernels;

/* NULL if this machine does not run the set. */
const apus_babybear_kernels *apus_babybear_kernels_for(apus_isa isa);

#ifdef __cplusplus
}
#endif
#endif
