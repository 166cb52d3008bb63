/* What is behind Goldilocks plans and cosets, and the tables of kernels that ntt_goldilocks.body.h defines.
 *
 * A column of N words is seen as N / L blocks of L words, one vector each (L: lanes of the instruction set). With
 * coefficients in bit-reversed order, block b holds a polynomial A_b of degree below L, and the column is the sum over
 * b of x^rev(b) * A_b(x^(N / L)); rev reverses log_rows - log L bits. The values natural order puts into lane k of the
 * vectors are those at shift * g^k * G^v, with G = g^L. So the forward transform is
 *
 *   1. lanes   each block's values at (shift * g^k)^(N / L), a transform of L words within a vector;
 *   2. twist   lane k of block b times g^(k * rev(b));
 *   3. panel   a transform of N / L vectors, the lanes independent of each other and with the same twiddle factors.
 *
 * The panel goes in groups of up to six levels: the 64th roots of unity are powers of two, so inside a group factors
 * are shifts, and words meet a product once a group. Group i takes 2^levels sub-blocks of 2^below vectors to one block;
 * before it, vector j of sub-block T is multiplied by W^(j * rev(T)), where W generates the group of as many elements as
 * the block has vectors. The first group has nothing below and nothing to multiply by, but the twist.
 *
 * A coset needs no further products but in the first group: the powers of its shift that belong to a higher group are
 * merged into that group's factors. The inverse is the mirror image, with 1 / N in its twist.
 *
 * Split into steps, the last groups are a step each, over the whole column; the step before takes blocks through all that
 * comes earlier. A piece is so many blocks, and of a group so many sets of the vectors that it combines. The inverse goes
 * the other way. */
#ifndef APUS_NTT_GOLDILOCKS_H
#define APUS_NTT_GOLDILOCKS_H

#include "include/apus_goldilocks.h"
#include "include/apus_ntt.h"

enum {
  /* Levels of a group, at most: those whose twiddle factors are powers of two. */
  APUS_GOLDILOCKS_GROUP = 6,
  /* A group of more than this many levels takes two steps, the first of this many or, of four levels, of two: in
   * registers. Factors stand before the first step, powers of two between. */
  APUS_GOLDILOCKS_STEP = 3,
  /* Levels of a column beyond the lanes' are more than those of one group by at most this many groups. */
  APUS_GOLDILOCKS_GROUPS = 6,
};

/* Levels of the first step of a group above the first. */
static inline unsigned apus_goldilocks_first_levels(unsigned levels) {
  return levels < APUS_GOLDILOCKS_STEP ? levels : levels == APUS_GOLDILOCKS_STEP + 1 ? levels / 2 : APUS_GOLDILOCKS_STEP;
}

/* Twiddle factors between groups in one direction: those of group i, from the second on, at factors[i]. With `first`
 * levels in its first step, vector j's of sub-block T = q * 2^first + i is word (q * 2^below + j) * 2^first + i. */
typedef struct apus_goldilocks_twiddles {
  uint64_t *factors[APUS_GOLDILOCKS_GROUPS];
} apus_goldilocks_twiddles;

typedef struct apus_goldilocks_ntt_kernels {
  unsigned lanes_log;
  /* The least log_rows. */
  unsigned least_log;
  void (*forward)(const apus_goldilocks_ntt_plan *plan, const apus_goldilocks_ntt_coset *coset, uint64_t *out,
                  const uint64_t *in, apus_ntt_split split, unsigned step, size_t piece);
  void (*inverse)(const apus_goldilocks_ntt_plan *plan, const apus_goldilocks_ntt_coset *coset, uint64_t *out,
                  const uint64_t *in, apus_ntt_split split, unsigned step, size_t piece);
  void (*bit_reverse)(uint64_t *words, unsigned log_rows, size_t pieces, size_t piece);
} apus_goldilocks_ntt_kernels;
extern const apus_goldilocks_ntt_kernels apus_goldilocks_ntt_portable, apus_goldilocks_ntt_avx2,
    apus_goldilocks_ntt_avx512;

struct apus_goldilocks_ntt_plan {
  unsigned log_rows;
  apus_isa isa;
  const apus_goldilocks_ntt_kernels *kernels;
  /* g, and 1 / N. */
  uint64_t root, divide;
  unsigned groups;
  struct {
    unsigned levels, below;
  } group[APUS_GOLDILOCKS_GROUPS];
  /* Word b * L + k: g^(k * rev(b)), and g^(-k * rev(b)) / N. */
  uint64_t *twist, *untwist;
  apus_goldilocks_twiddles forward, inverse;
};

struct apus_goldilocks_ntt_coset {
  uint64_t shift, inverse_shift;
  apus_goldilocks_twiddles forward, inverse;
  /* The words of a first group are multiplied by scale before a forward transform, by unscale after an inverse one:
   * powers of the shift and of its inverse. */
  uint64_t *scale, *unscale;
};

#endif
