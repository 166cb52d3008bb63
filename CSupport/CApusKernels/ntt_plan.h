/* What is behind plans and cosets, and the tables of kernels that ntt.body.h defines.
 *
 * Twiddle factors: for each half h = 1, 2, 4, ..., N / 2 the words [h, 2 h) of a table are w^0, w^1, ..., w^(h - 1),
 * where w (for `inverse`: its inverse) generates the subgroup of order 2 h. Word 0 is not used. A level's factors are
 * contiguous, and a sub-transform of n words touches only the first n words of a table. */
#ifndef APUS_NTT_PLAN_H
#define APUS_NTT_PLAN_H

#include "include/apus_ntt.h"

#define APUS_NTT_STRUCTURES(field, word)                                                                         \
  typedef struct apus_##field##_ntt_kernels {                                                                    \
    /* To N * scale[i] times coefficient i; scale NULL: all one. */                                              \
    void (*inverse)(word *out, const word *in, const word *scale, const apus_##field##_ntt_plan *plan);          \
    /* From scale[i] times coefficient i. */                                                                     \
    void (*forward)(word *out, const word *in, const word *scale, const apus_##field##_ntt_plan *plan);          \
    void (*bit_reverse)(word *words, unsigned log_rows);                                                         \
    /* out[i] = first * ratio^rev(i). */                                                                         \
    void (*bit_reversed_powers)(word *out, word first, word ratio, unsigned log_rows);                           \
  } apus_##field##_ntt_kernels;                                                                                  \
  extern const apus_##field##_ntt_kernels apus_##field##_ntt_portable, apus_##field##_ntt_avx2,                  \
      apus_##field##_ntt_avx512;                                                                                 \
  struct apus_##field##_ntt_plan {                                                                               \
    unsigned log_rows;                                                                                           \
    const apus_##field##_ntt_kernels *kernels;                                                                   \
    word *forward, *inverse;                                                                                     \
    /* The inverse's scale on the subgroup: 1 / N in each word. */                                               \
    word *divide;                                                                                                \
  };                                                                                                             \
  struct apus_##field##_ntt_coset {                                                                              \
    word *forward, *inverse;                                                                                     \
  };
APUS_NTT_STRUCTURES(goldilocks, uint64_t)

#endif
