/* Products of dense matrices. Compiled by matrix_portable.c, matrix_avx2.c and matrix_avx512.c.
 *
 * The right factor is taken in panels: a vector of columns and a block of terms, centred and spread to 64-bit words,
 * which stays in the first cache. Against it run tiles of the left factor's rows, centred, from the second cache. A
 * tile's sums stay in registers and are folded every BABYBEAR_TERMS terms; what is missing of whole tiles and terms is
 * filled with zeros. */

#include "babybear_sums.h"

enum {
  BLOCK_ROWS = APUS_MATRIX_BLOCK_ROWS, /* whole tiles */
  BLOCK_TERMS = APUS_MATRIX_BLOCK_TERMS,
  TILE = 4, /* rows: two sums each fit AVX2's registers, and more gained nothing on AVX-512 */
};

INLINE size_t rounded_up(size_t n, size_t unit) { return (n + unit - 1) / unit * unit; }

/* Rows centred, one after the other, each filled up to whole BABYBEAR_TERMS, and as many as make whole tiles. */
static void pack_rows(uint32_t *packed, const uint32_t *const *a, size_t rows, size_t first, size_t terms) {
  size_t filled = rounded_up(terms, BABYBEAR_TERMS);
  for (size_t r = 0; r < rows; r++) {
    uint32_t *to = packed + r * filled;
    FOR_VECTORS(terms) bb_store_some(to + i, left, bb_centred(bb_load_some(a[r] + first + i, left)));
    for (size_t k = terms; k < filled; k++) to[k] = 0;
  }
  memset(packed + rows * filled, 0, (rounded_up(rows, TILE) - rows) * filled * sizeof *packed);
}

static void pack_panel(D *packed, const uint32_t *const *b, size_t terms, size_t column, size_t left) {
  for (size_t k = 0; k < terms; k++) packed[k] = d_spread(bb_centred(bb_load_some(b[k] + column, left)));
  for (size_t k = terms; k % BABYBEAR_TERMS != 0; k++) packed[k] = d_set1(0);
}

#define UNROLLED _Pragma("clang loop unroll(full)")

/* The products of a tile's rows with a panel, for `terms` terms, a multiple of BABYBEAR_TERMS. */
INLINE void multiply_tile(V *out, const uint32_t *rows, const D *panel, size_t terms) {
  D sum[TILE];
  UNROLLED for (int r = 0; r < TILE; r++) sum[r] = d_set1(BABYBEAR_SUM_START);
  for (size_t k = 0; k < terms; k += BABYBEAR_TERMS) {
    UNROLLED for (size_t term = k; term < k + BABYBEAR_TERMS; term++) {
      D x = panel[term];
      UNROLLED for (size_t r = 0; r < TILE; r++)
        sum[r] = d_add(sum[r], d_mul_signed(x, d_spread(v_set1(rows[r * terms + term]))));
    }
    UNROLLED for (int r = 0; r < TILE; r++) sum[r] = sum_fold(sum[r]);
  }
  UNROLLED for (int r = 0; r < TILE; r++) out[r] = sum_reduced(sum[r]);
}

static void LEVELED(babybear_product)(uint32_t *const *out, const uint32_t *const *a, const uint32_t *const *b,
                                      size_t rows, size_t terms, size_t columns, uint32_t *scratch) {
  for (size_t i = 0; i < rows; i++) {
    APUS_CHECK_BELOW(a[i], APUS_BABYBEAR_P, terms);
    memset(out[i], 0, columns * sizeof **out);
  }
  for (size_t k = 0; k < terms; k++) APUS_CHECK_BELOW(b[k], APUS_BABYBEAR_P, columns);
  APUS_CHECK((uintptr_t)scratch % 64 == 0);

  _Static_assert(BLOCK_ROWS % TILE == 0 && BLOCK_TERMS % BABYBEAR_TERMS == 0, "whole tiles and folds");
  _Static_assert(APUS_MATRIX_SCRATCH_WORDS >= BLOCK_TERMS * (BLOCK_ROWS + 2 * LANES), "both factors' parts");
  uint32_t *packed = scratch;
  D *panel = (D *)(void *)(scratch + BLOCK_ROWS * BLOCK_TERMS);
  for (size_t row = 0; row < rows; row += BLOCK_ROWS)
    for (size_t first = 0; first < terms; first += BLOCK_TERMS) {
      size_t block_rows = rows - row < BLOCK_ROWS ? rows - row : BLOCK_ROWS;
      size_t block_terms = terms - first < BLOCK_TERMS ? terms - first : BLOCK_TERMS;
      size_t filled = rounded_up(block_terms, BABYBEAR_TERMS);
      pack_rows(packed, a + row, block_rows, first, block_terms);
      for (size_t column = 0; column < columns; column += LANES) {
        size_t left = columns - column;
        pack_panel(panel, b + first, block_terms, column, left);
        for (size_t tile = 0; tile < block_rows; tile += TILE) {
          V products[TILE];
          multiply_tile(products, packed + tile * filled, panel, filled);
          for (size_t r = 0; r < TILE && tile + r < block_rows; r++) {
            uint32_t *to = out[row + tile + r] + column;
            bb_store_some(to, left, bb_add(bb_load_some(to, left), products[r]));
          }
        }
      }
    }
}

const apus_matrix_kernels LEVELED(apus_matrix_kernels) = {.babybear_product = LEVELED(babybear_product)};
