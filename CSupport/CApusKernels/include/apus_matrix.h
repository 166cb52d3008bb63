/* Exact products of dense matrices over BabyBear.
 *
 * A matrix is an array of pointers to its rows. Words are x * 2^32 mod p (Montgomery form), in [0, p), as in columns. */
#ifndef APUS_MATRIX_H
#define APUS_MATRIX_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rows of the left factor, and terms of each sum, that are multiplied at a time; what they need of scratch. */
#define APUS_MATRIX_BLOCK_ROWS 256
#define APUS_MATRIX_BLOCK_TERMS 256
#define APUS_MATRIX_SCRATCH_WORDS 73728

typedef struct apus_matrix_kernels {
  /* out[i][j] = sum over k < terms of a[i][k] * b[k][j], for 0 <= i < rows and 0 <= j < columns.
   *
   * out   rows of `columns` words, written in [0, p); they overlap neither factor
   * a     `rows` rows of `terms` words in [0, p)
   * b     `terms` rows of `columns` words in [0, p); may be the same as a
   * scratch APUS_MATRIX_SCRATCH_WORDS words, 64-byte aligned; overlaps nothing
   *
   * Sizes any; a sum of no terms is zero. Threads share a product by rows, whole APUS_MATRIX_BLOCK_ROWS each, or by
   * columns: b is prepared again for each block of rows, and a for each call. */
  void (*babybear_product)(uint32_t *const *out, const uint32_t *const *a, const uint32_t *const *b, size_t rows,
                           size_t terms, size_t columns, uint32_t *scratch);
} apus_matrix_kernels;

/* NULL if this machine does not run the set. */
const apus_matrix_kernels *apus_matrix_kernels_for(apus_isa isa);

#ifdef __cplusplus
}
#endif
#endif
