/* Number-theoretic transforms of one column at a time.
 *
 * N = 2^log_rows; g generates the subgroup of order N: 31^((p - 1) / N) for BabyBear, 7^((p - 1) / N) for Goldilocks.
 * "Natural order" of values: word i belongs to g^i. "Bit-reversed order" of coefficients: word i belongs to x^rev(i),
 * where rev reverses log_rows bits. The inverse leaves coefficients in bit-reversed order and the forward transform
 * takes them so: an extension needs no permutation.
 * BabyBear words are in Montgomery form, Goldilocks words canonical integers. */
#ifndef APUS_NTT_H
#define APUS_NTT_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The largest log_rows. */
#define APUS_BABYBEAR_TWO_ADICITY 27
#define APUS_GOLDILOCKS_TWO_ADICITY 32

/* The twiddle factors for one size, 2 * N words. Immutable: any number of threads may use one at the same time. */
typedef struct apus_babybear_ntt_plan apus_babybear_ntt_plan;

/* NULL if log_rows > APUS_BABYBEAR_TWO_ADICITY or there is no memory. */
apus_babybear_ntt_plan *apus_babybear_ntt_plan_create(unsigned log_rows);
/* plan: may be NULL. */
void apus_babybear_ntt_plan_destroy(apus_babybear_ntt_plan *plan);

typedef struct apus_babybear_ntt_kernels {
  /* From values to coefficients: out[i] = scale[i] * (sum over k of in[k] * g^(-k * rev(i))), which is
   * N * scale[i] times the coefficient of x^rev(i).
   *
   * in    N words in [0, p), natural order
   * scale N words in [0, p), or NULL: all one
   * out   N words in [0, p), bit-reversed order; is in or does not overlap it; does not overlap scale */
  void (*inverse)(uint32_t *out, const uint32_t *in, const uint32_t *scale, const apus_babybear_ntt_plan *plan);

  /* From coefficients to values: out[k] = sum over i of scale[i] * in[i] * g^(k * rev(i)). With
   * scale[i] = shift^rev(i), the values on shift * g^k.
   *
   * in    N words in [0, p), bit-reversed order
   * scale N words in [0, p), or NULL: all one
   * out   N words in [0, p), natural order; is in or does not overlap it; does not overlap scale */
  void (*forward)(uint32_t *out, const uint32_t *in, const uint32_t *scale, const apus_babybear_ntt_plan *plan);

  /* Exchanges words i and rev(i), 0 <= i < 2^log_rows; any words. */
  void (*bit_reverse)(uint32_t *words, unsigned log_rows);

  /* out[i] = first * ratio^rev(i), 0 <= i < 2^log_rows; first and ratio in [0, p). */
  void (*bit_reversed_powers)(uint32_t *out, uint32_t first, uint32_t ratio, unsigned log_rows);
} apus_babybear_ntt_kernels;

/* NULL if this machine does not run the set. */
const apus_babybear_ntt_kernels *apus_babybear_ntt_kernels_for(apus_isa isa);

/* The same for Goldilocks: each contract above holds with this field's p and words. */
typedef struct apus_goldilocks_ntt_plan apus_goldilocks_ntt_plan;
apus_goldilocks_ntt_plan *apus_goldilocks_ntt_plan_create(unsigned log_rows);
void apus_goldilocks_ntt_plan_destroy(apus_goldilocks_ntt_plan *plan);
typedef struct apus_goldilocks_ntt_kernels {
  void (*inverse)(uint64_t *out, const uint64_t *in, const uint64_t *scale, const apus_goldilocks_ntt_plan *plan);
  void (*forward)(uint64_t *out, const uint64_t *in, const uint64_t *scale, const apus_goldilocks_ntt_plan *plan);
  void (*bit_reverse)(uint64_t *words, unsigned log_rows);
  void (*bit_reversed_powers)(uint64_t *out, uint64_t first, uint64_t ratio, unsigned log_rows);
} apus_goldilocks_ntt_kernels;
const apus_goldilocks_ntt_kernels *apus_goldilocks_ntt_kernels_for(apus_isa isa);

#ifdef __cplusplus
}
#endif
#endif
