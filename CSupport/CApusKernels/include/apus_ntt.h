/* Number-theoretic transforms of one column at a time, for BabyBear and Goldilocks.
 *
 * N = 2^log_rows; g generates the subgroup of order N: 31^((p - 1) / N) for BabyBear, 7^((p - 1) / N) for Goldilocks.
 * "Natural order" of values: word i belongs to shift * g^i, where shift is the coset's, or 1. "Bit-reversed order" of
 * coefficients: word i belongs to x^rev(i), where rev reverses log_rows bits. The inverse leaves coefficients in
 * bit-reversed order and the forward transform takes them so: an extension needs no permutation.
 * BabyBear words are in Montgomery form, Goldilocks words canonical integers, all in [0, p).
 *
 * Plans and cosets are immutable: any number of threads may use one at the same time. */
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

/* The twiddle factors of one size for one instruction set. */
typedef struct apus_babybear_ntt_plan apus_babybear_ntt_plan;

/* NULL if log_rows > APUS_BABYBEAR_TWO_ADICITY, this machine does not run the set, or there is no memory. */
apus_babybear_ntt_plan *apus_babybear_ntt_plan_create(unsigned log_rows, apus_isa isa);
/* plan: may be NULL. */
void apus_babybear_ntt_plan_destroy(apus_babybear_ntt_plan *plan);

/* What takes the transforms of a plan from the subgroup to a coset of it. */
typedef struct apus_babybear_ntt_coset apus_babybear_ntt_coset;

/* The coset shift * g^i; shift in [1, p). It does not refer to the plan afterwards. NULL if there is no memory. */
apus_babybear_ntt_coset *apus_babybear_ntt_coset_create(const apus_babybear_ntt_plan *plan, uint32_t shift);
/* coset: may be NULL. */
void apus_babybear_ntt_coset_destroy(apus_babybear_ntt_coset *coset);

/* From coefficients to values: out[k] = sum over i of in[i] * (shift * g^k)^rev(i).
 *
 * coset made with a plan of this size and set, or NULL: the subgroup, shift = 1
 * in    N words in [0, p), bit-reversed order
 * out   N words in [0, p), natural order; is in or does not overlap it */
void apus_babybear_ntt_forward(const apus_babybear_ntt_plan *plan, const apus_babybear_ntt_coset *coset, uint32_t *out,
                               const uint32_t *in);

/* From values to coefficients: what the forward transform undoes.
 *
 * coset as above
 * in    N words in [0, p), natural order
 * out   N words in [0, p), bit-reversed order; is in or does not overlap it */
void apus_babybear_ntt_inverse(const apus_babybear_ntt_plan *plan, const apus_babybear_ntt_coset *coset, uint32_t *out,
                               const uint32_t *in);

/* Exchanges words i and rev(i) of N; any words. */
void apus_babybear_ntt_bit_reverse(const apus_babybear_ntt_plan *plan, uint32_t *words);

/* One transform by several threads. It goes in steps, and each step in pieces: those of one step may be done in any order
 * and at the same time, but only when all of the step before are done. All steps' pieces together are the transform,
 * whatever the split is, to the bit. */
typedef struct apus_ntt_split {
  unsigned steps;
  size_t pieces; /* of each step */
} apus_ntt_split;

/* What splits nothing: one piece. */
#define APUS_NTT_WHOLE ((apus_ntt_split){1, 1})

/* The split of each of so many columns that so many threads transform at one time. APUS_NTT_WHOLE where there is a column
 * for each thread, or columns are too short to gain. */
apus_ntt_split apus_babybear_ntt_split(const apus_babybear_ntt_plan *plan, size_t columns, size_t threads);

/* One piece of the transforms above; step < split.steps, piece < split.pieces. A split is of this plan, the other
 * arguments are those of the whole transform and the same in each call. */
void apus_babybear_ntt_forward_piece(const apus_babybear_ntt_plan *plan, const apus_babybear_ntt_coset *coset,
                                     uint32_t *out, const uint32_t *in, apus_ntt_split split, unsigned step,
                                     size_t piece);
void apus_babybear_ntt_inverse_piece(const apus_babybear_ntt_plan *plan, const apus_babybear_ntt_coset *coset,
                                     uint32_t *out, const uint32_t *in, apus_ntt_split split, unsigned step,
                                     size_t piece);
/* Of the exchange, which is a single step. */
void apus_babybear_ntt_bit_reverse_piece(const apus_babybear_ntt_plan *plan, uint32_t *words, apus_ntt_split split,
                                         size_t piece);

/* The same for Goldilocks: each contract above holds with this field's p and words. */
typedef struct apus_goldilocks_ntt_plan apus_goldilocks_ntt_plan;
typedef struct apus_goldilocks_ntt_coset apus_goldilocks_ntt_coset;
apus_goldilocks_ntt_plan *apus_goldilocks_ntt_plan_create(unsigned log_rows, apus_isa isa);
void apus_goldilocks_ntt_plan_destroy(apus_goldilocks_ntt_plan *plan);
apus_goldilocks_ntt_coset *apus_goldilocks_ntt_coset_create(const apus_goldilocks_ntt_plan *plan, uint64_t shift);
void apus_goldilocks_ntt_coset_destroy(apus_goldilocks_ntt_coset *coset);
void apus_goldilocks_ntt_forward(const apus_goldilocks_ntt_plan *plan, const apus_goldilocks_ntt_coset *coset,
                                 uint64_t *out, const uint64_t *in);
void apus_goldilocks_ntt_inverse(const apus_goldilocks_ntt_plan *plan, const apus_goldilocks_ntt_coset *coset,
                                 uint64_t *out, const uint64_t *in);
void apus_goldilocks_ntt_bit_reverse(const apus_goldilocks_ntt_plan *plan, uint64_t *words);
apus_ntt_split apus_goldilocks_ntt_split(const apus_goldilocks_ntt_plan *plan, size_t columns, size_t threads);
void apus_goldilocks_ntt_forward_piece(const apus_goldilocks_ntt_plan *plan, const apus_goldilocks_ntt_coset *coset,
                                       uint64_t *out, const uint64_t *in, apus_ntt_split split, unsigned step,
                                       size_t piece);
void apus_goldilocks_ntt_inverse_piece(const apus_goldilocks_ntt_plan *plan, const apus_goldilocks_ntt_coset *coset,
                                       uint64_t *out, const uint64_t *in, apus_ntt_split split, unsigned step,
                                       size_t piece);
void apus_goldilocks_ntt_bit_reverse_piece(const apus_goldilocks_ntt_plan *plan, uint64_t *words, apus_ntt_split split,
                                           size_t piece);

#ifdef __cplusplus
}
#endif
#endif
