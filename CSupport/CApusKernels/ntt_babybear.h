/* What is behind BabyBear's plans and cosets.
 *
 * A column of N words is seen as rows of LANES words, the lanes of one vector; the width is the instruction set's. A
 * transform is then three steps (ntt_babybear.body.h): transforms of LANES words within rows, a twist of each word, and
 * one transform between rows that treats all lanes alike.
 *
 * Split into steps, the last levels between rows are passes of APUS_BABYBEAR_PASS levels, each a step of its own, over the
 * whole column; the step before takes blocks of rows through all that comes earlier. A piece is so many blocks, and of a
 * pass so many sets of 2^APUS_BABYBEAR_PASS rows that it combines. The inverse goes the other way. */
#ifndef APUS_NTT_BABYBEAR_H
#define APUS_NTT_BABYBEAR_H

#include "include/apus_ntt.h"

/* Levels of a pass beyond the first-level cache. */
enum { APUS_BABYBEAR_PASS = 3 };

/* A factor as Shoup's pair: w and q = floor(w * 2^32 / p). For every 32-bit x, x * w - floor(x * q / 2^32) * p is
 * x * w mod p or p more: one high and two low products, fewer than a Montgomery product takes. w is not in Montgomery
 * form, so the product keeps the form of x. */
typedef struct apus_babybear_factor {
  uint32_t w, q;
} apus_babybear_factor;

/* What depends on the coset, for one direction; the inverse's factors are inverses. g generates the subgroup of order
 * N; shift is the coset's.
 *
 * in_rows   entry h + j, for each half h = 1, 2, 4, ... below LANES and 0 <= j < h: (shift * g^j)^(N / (2 h)).
 *           Entry 0 is not used
 * of_rows, of_blocks
 *           row b is twisted by (shift * g^k)^rev(b) in lane k, and the inverse divides by N as well. An entry is LANES
 *           words w, then LANES words q, for the lanes of a row. Either each row has its entry, or, to have fewer,
 *           row b = 2^rows_log * t + r is multiplied by entry r and by entry t of of_blocks */
typedef struct apus_babybear_twist {
  apus_babybear_factor *in_rows;
  uint32_t *of_rows, *of_blocks; /* of_blocks is NULL if each row has its entry */
  unsigned rows_log;
} apus_babybear_twist;

struct apus_babybear_ntt_coset {
  apus_babybear_twist forward, inverse;
};

typedef struct apus_babybear_ntt_kernels {
  unsigned lanes_log, tile_rows_log;
  /* The twist for log_rows, whose tables have room. g and shift are Montgomery words, the integer `first` multiplies
   * every row. */
  void (*fill_twist)(apus_babybear_twist *twist, unsigned log_rows, uint32_t g, uint32_t shift, uint32_t first);
  void (*forward)(const apus_babybear_ntt_plan *plan, const apus_babybear_ntt_coset *coset, uint32_t *out,
                  const uint32_t *in, apus_ntt_split split, unsigned step, size_t piece);
  void (*inverse)(const apus_babybear_ntt_plan *plan, const apus_babybear_ntt_coset *coset, uint32_t *out,
                  const uint32_t *in, apus_ntt_split split, unsigned step, size_t piece);
  void (*bit_reverse)(uint32_t *words, unsigned log_rows, size_t pieces, size_t piece);
} apus_babybear_ntt_kernels;
extern const apus_babybear_ntt_kernels apus_babybear_ntt_portable, apus_babybear_ntt_avx2, apus_babybear_ntt_avx512;

/* between_rows: entry h + j, for each half h = 1, 2, 4, ... below N / LANES and 0 <= j < h, is g^(j * N / (2 h)), or
 * its inverse. Entry 0 is not used. */
struct apus_babybear_ntt_plan {
  unsigned log_rows;
  const apus_babybear_ntt_kernels *kernels;
  apus_babybear_factor *forward_between_rows, *inverse_between_rows;
  apus_babybear_ntt_coset *subgroup;
};

#endif
