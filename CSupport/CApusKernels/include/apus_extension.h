/* Extensions of both fields, over whole columns: what combinations, inner products, DEEP quotients and FRI are made of.
 *
 *   babybear4    F[X] / (X^4 - 11) over BabyBear, words in Montgomery form
 *   babybear5    F[X] / (X^5 - 2) over BabyBear
 *   goldilocks3  F[X] / (X^3 - 2) over Goldilocks, canonical words
 *
 * All words are in [0, p), in and out. An element is `degree` words, constant first. A column of elements is `degree`
 * columns of base words, limb 0 first, passed as an array of that many pointers. Unless a contract says otherwise, an
 * output may be the same array as an input but must not overlap it otherwise. */
#ifndef APUS_EXTENSION_H
#define APUS_EXTENSION_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#ifdef __cplusplus
extern "C" {
#endif

#define APUS_EXTENSION_MAX_ARITY_LOG 4

typedef struct apus_babybear_extension_kernels {
  /* out[l][i] = sum over c of coefficients[degree * c + l] * columns[c][offset + i]: a linear combination of base
   * columns with extension coefficients. out: `degree` arrays of n words that overlap no column. count any. */
  void (*combine)(uint32_t *const *out, const uint32_t *const *columns, const uint32_t *coefficients, size_t count,
                  size_t offset, size_t n);
  /* sums[degree * c + l] = sum over i < n of weights[l][i] * columns[c][offset + i]: the inner products of an extension
   * column with base columns. count any. */
  void (*dot)(uint32_t *sums, const uint32_t *const *weights, const uint32_t *const *columns, size_t count,
              size_t offset, size_t n);
  /* out[i] = a[i] * b[i] in the extension. */
  void (*mul)(uint32_t *const *out, const uint32_t *const *a, const uint32_t *const *b, size_t n);
  /* out[i] = 1 / (x[i] - z) for base x[i] and extension z outside the base field.
   * minimal: the degree + 1 coefficients of the product of X minus each conjugate of z over the base field, constant
   * first: its minimal polynomial, or the power of it that has this degree. scratch: 2 * n words. */
  void (*inverse_of_difference)(uint32_t *const *out, const uint32_t *x, const uint32_t *z, const uint32_t *minimal,
                                uint32_t *scratch, size_t n);
  /* out[i] += inverse[i] * (constant + sum over t of coefficients[degree * t ..] * terms[degree * t ..][offset + i]):
   * one opening point's share of the DEEP quotient. terms: degree * count pointers. */
  void (*deep)(uint32_t *const *out, const uint32_t *const *inverse, const uint32_t *const *terms,
               const uint32_t *coefficients, size_t count, const uint32_t *constant, size_t offset, size_t n);
  /* One FRI fold by 2^arity_log on one coset, arity_log <= APUS_EXTENSION_MAX_ARITY_LOG: fibre i of `in` is
   * in[i + j * rows_out], 0 <= j < 2^arity_log; out[i] is the value at beta of the polynomial of degree < 2^arity_log
   * through the points (x_i * g^(j * rows_out), in[i + j * rows_out]), where inverse_x[i] = 1 / x_i, x_i = x_0 * g^i and
   * g generates the coset's subgroup of order rows_out << arity_log.
   * betas: arity_log extension elements, beta^(2^t). roots: for each t < arity_log the 2^(arity_log-1-t) words
   * (g^(2^t * rows_out))^-j, one after the other. in, out: `degree` arrays each that do not overlap; rows i in
   * [begin, end). */
  void (*fold)(uint32_t *const *out, const uint32_t *const *in, const uint32_t *inverse_x, const uint32_t *betas,
               const uint32_t *roots, unsigned arity_log, size_t rows_out, size_t begin, size_t end);
} apus_babybear_extension_kernels;

/* The same six over Goldilocks. */
typedef struct apus_goldilocks_extension_kernels {
  void (*combine)(uint64_t *const *out, const uint64_t *const *columns, const uint64_t *coefficients, size_t count,
                  size_t offset, size_t n);
  void (*dot)(uint64_t *sums, const uint64_t *const *weights, const uint64_t *const *columns, size_t count,
              size_t offset, size_t n);
  void (*mul)(uint64_t *const *out, const uint64_t *const *a, const uint64_t *const *b, size_t n);
  void (*inverse_of_difference)(uint64_t *const *out, const uint64_t *x, const uint64_t *z, const uint64_t *minimal,
                                uint64_t *scratch, size_t n);
  void (*deep)(uint64_t *const *out, const uint64_t *const *inverse, const uint64_t *const *terms,
               const uint64_t *coefficients, size_t count, const uint64_t *constant, size_t offset, size_t n);
  void (*fold)(uint64_t *const *out, const uint64_t *const *in, const uint64_t *inverse_x, const uint64_t *betas,
               const uint64_t *roots, unsigned arity_log, size_t rows_out, size_t begin, size_t end);
} apus_goldilocks_extension_kernels;

/* NULL if this machine does not run the set. */
const apus_babybear_extension_kernels *apus_babybear4_kernels_for(apus_isa isa);
const apus_babybear_extension_kernels *apus_babybear5_kernels_for(apus_isa isa);
const apus_goldilocks_extension_kernels *apus_goldilocks3_kernels_for(apus_isa isa);

#ifdef __cplusplus
}
#endif
#endif
