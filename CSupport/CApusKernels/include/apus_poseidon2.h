/* Poseidon2 over BabyBear (widths 16, 24) and Goldilocks (widths 8, 12), S-box x^7: one state, and many states at once
 * (lane = state).
 *
 * Eight full rounds around 13, 21, 22 and 22 partial ones, with the round constants that Plonky3 uses by default. A
 * state is `width` words: BabyBear in Montgomery form, Goldilocks canonical, all in [0, p).
 *
 * The sponge is padding-free: the state starts as zero; each block of `rate` inputs overwrites the first lanes, a short
 * last block leaves the lanes that it does not reach as they are; then the state is permuted. The digest is the first
 * `digest` lanes. No inputs: no permutation, the digest is zero. Inputs of different lengths may collide by design
 * (values, and the same values followed by zeros up to a multiple of the rate), and so may a row of one block and a
 * pair: whoever hashes fixes lengths and places. */
#ifndef APUS_POSEIDON2_H
#define APUS_POSEIDON2_H

#include <stddef.h>
#include <stdint.h>

#include "apus_hash.h"
#include "apus_isa.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The permutation of one state, in place, by the best instruction set of this machine. */
void apus_poseidon2_babybear16(uint32_t state[16]);
void apus_poseidon2_babybear24(uint32_t state[24]);
void apus_poseidon2_goldilocks8(uint64_t state[8]);
void apus_poseidon2_goldilocks12(uint64_t state[12]);

/* The permutation's numbers as canonical integers: `width` constants for each of eight full rounds, four before and four
 * after the partial ones; one for each partial round; and d, where the internal layer's matrix is all ones plus
 * diag(d). The external layer mixes each four lanes by the matrix of rows (2 3 1 1), (1 2 3 1), (1 1 2 3), (3 1 1 2) and
 * adds to every lane the sum of those whose numbers are congruent to its own modulo four; it also comes first of all.
 * Only the first entries of each array are written. */
typedef struct apus_poseidon2_parameters {
  unsigned width, partial_rounds;
  uint64_t external[8 * 24];
  uint64_t internal[22];
  uint64_t diagonal[24];
} apus_poseidon2_parameters;

void apus_poseidon2_babybear16_parameters(apus_poseidon2_parameters *out);
void apus_poseidon2_babybear24_parameters(apus_poseidon2_parameters *out);
void apus_poseidon2_goldilocks8_parameters(apus_poseidon2_parameters *out);
void apus_poseidon2_goldilocks12_parameters(apus_poseidon2_parameters *out);

typedef struct apus_poseidon2_babybear_kernels {
  unsigned width, rate, digest;
  /* Permutes one state in place. */
  void (*permute_one)(uint32_t *state);
  /* Permutes the states (states[0][i], ..., states[width - 1][i]), begin <= i < end, in place. */
  void (*permute)(uint32_t *const *states, size_t begin, size_t end);
  /* out[0 .. digest)[i] = the sponge's digest of columns[0 .. column_count)[i], begin <= i < end. Any number of
   * columns. Columns of out may be columns of the input. */
  void (*hash_rows)(uint32_t *const *out, const uint32_t *const *columns, size_t column_count, size_t begin,
                    size_t end);
  /* out[0 .. digest)[i] = the first lanes of the permuted state left[0 .. digest)[i], right[0 .. digest)[i], for
   * begin <= i < end. Columns of out may be columns of the input. NULL where 2 * digest is not the width. */
  void (*compress)(uint32_t *const *out, const uint32_t *const *left, const uint32_t *const *right, size_t begin,
                   size_t end);
} apus_poseidon2_babybear_kernels;

/* Width 16, rate 8, digest 8; width 24, rate 16, digest 8. NULL if this machine does not run the set. */
const apus_poseidon2_babybear_kernels *apus_poseidon2_babybear16_kernels_for(apus_isa isa);
const apus_poseidon2_babybear_kernels *apus_poseidon2_babybear24_kernels_for(apus_isa isa);

typedef struct apus_poseidon2_goldilocks_kernels {
  unsigned width, rate, digest;
  /* As for BabyBear. */
  void (*permute_one)(uint64_t *state);
  void (*permute)(uint64_t *const *states, size_t begin, size_t end);
  void (*hash_rows)(uint64_t *const *out, const uint64_t *const *columns, size_t column_count, size_t begin,
                    size_t end);
  void (*compress)(uint64_t *const *out, const uint64_t *const *left, const uint64_t *const *right, size_t begin,
                   size_t end);
} apus_poseidon2_goldilocks_kernels;

/* Width 8, rate 4, digest 4; width 12, rate 8, digest 4. NULL if this machine does not run the set. */
const apus_poseidon2_goldilocks_kernels *apus_poseidon2_goldilocks8_kernels_for(apus_isa isa);
const apus_poseidon2_goldilocks_kernels *apus_poseidon2_goldilocks12_kernels_for(apus_isa isa);

/* The same as hashes to 32 bytes, for Merkle trees: a digest is its words, canonical, little-endian, eight of BabyBear
 * or four of Goldilocks. `rows` is the sponge of width 16 or 8, in the wide tables of width 24 or 12; `pairs` is the
 * compression by width 16 or 8 in all. In a digest that `pairs` reads, a word of p or more counts modulo p: who takes
 * digests from outside refuses such words first. `messages` and `rows64` are NULL: there is no one way to cut bytes into
 * field elements, and these are not BabyBear's. The getters give NULL if this machine does not run the set. */
const apus_hash_kernels *apus_poseidon2_babybear_hash_kernels_for(apus_isa isa);
const apus_hash_kernels *apus_poseidon2_babybear_wide_hash_kernels_for(apus_isa isa);

/* What apus_hash_kernels says, for columns of 64-bit words. */
typedef struct apus_poseidon2_goldilocks_hash_kernels {
  void (*rows)(uint8_t *digests, const uint64_t *const *columns, size_t column_count, size_t begin, size_t end);
  void (*pairs)(uint8_t *digests, const uint8_t *pairs, size_t n);
} apus_poseidon2_goldilocks_hash_kernels;

const apus_poseidon2_goldilocks_hash_kernels *apus_poseidon2_goldilocks_hash_kernels_for(apus_isa isa);
const apus_poseidon2_goldilocks_hash_kernels *apus_poseidon2_goldilocks_wide_hash_kernels_for(apus_isa isa);

#ifdef __cplusplus
}
#endif
#endif
