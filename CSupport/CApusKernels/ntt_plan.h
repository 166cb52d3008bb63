/* What is behind a plan, and the tables of kernels that ntt.body.h defines.
 *
 * Twiddle factors: for each half h = 1, 2, 4, ..., N / 2 the words [h, 2 h) of a table are w^0, w^1, ..., w^(h - 1),
 * where w (for `inverse`: its inverse) generates the subgroup of order 2 h. Word 0 is not used. A level's factors are
 * contiguous, and a sub-transform of n words touches only the first n words of a table. */
#ifndef APUS_NTT_PLAN_H
#define APUS_NTT_PLAN_H

#include "include/apus_ntt.h"

struct apus_babybear_ntt_plan {
  unsigned log_rows;
  uint32_t *forward;
  uint32_t *inverse;
};

struct apus_goldilocks_ntt_plan {
  unsigned log_rows;
  uint64_t *forward;
  uint64_t *inverse;
};

extern const apus_babybear_ntt_kernels apus_babybear_ntt_portable, apus_babybear_ntt_avx2, apus_babybear_ntt_avx512;
extern const apus_goldilocks_ntt_kernels apus_goldilocks_ntt_portable, apus_goldilocks_ntt_avx2,
    apus_goldilocks_ntt_avx512;

#endif
