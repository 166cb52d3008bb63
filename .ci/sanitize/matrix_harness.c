// Matrix products under the sanitizers: every instruction set against sums of single products, on heap rows of exactly
// the stated sizes.
//
//   clang -fsanitize=address,undefined -O1 -g -DAPUS_CHECKS -I CSupport/CApusKernels/include \
//     .ci/sanitize/matrix_harness.c CSupport/CApusKernels/*.c
#include <stdio.h>
#include <stdlib.h>

#include "CApusKernels.h"

static uint64_t state = 1;
static uint32_t random_element(void) { /* often an end of the range or of its halves, where products are largest */
  static const uint32_t edges[] = {0, 1, APUS_BABYBEAR_P / 2, APUS_BABYBEAR_P / 2 + 1, APUS_BABYBEAR_P - 1};
  state = state * 6364136223846793005u + 1442695040888963407u;
  uint32_t word = (uint32_t)(state >> 33);
  return word % 4 ? edges[word / 4 % 5] : word % APUS_BABYBEAR_P;
}

static uint32_t **matrix(size_t rows, size_t columns) {
  uint32_t **m = malloc((rows + 1) * sizeof *m);
  if (!m) exit(1);
  for (size_t i = 0; i < rows; i++) {
    m[i] = malloc(columns * sizeof **m);
    if (!m[i] && columns) exit(1);
    for (size_t j = 0; j < columns; j++) m[i][j] = random_element();
  }
  return m;
}
static void release(uint32_t **m, size_t rows) {
  for (size_t i = 0; i < rows; i++) free(m[i]);
  free(m);
}

/* x * 2^-32 mod p, by the definition. */
static uint32_t reduced(uint64_t x) {
  for (int i = 0; i < 32; i++) x = (x & 1 ? x + APUS_BABYBEAR_P : x) / 2;
  return (uint32_t)(x % APUS_BABYBEAR_P);
}

static void check(size_t rows, size_t terms, size_t columns, uint32_t *scratch) {
  uint32_t **a = matrix(rows, terms), **b = matrix(terms, columns), **out = matrix(rows, columns);
  for (int isa = APUS_ISA_PORTABLE; isa <= APUS_ISA_AVX512; isa++) {
    const apus_matrix_kernels *kernels = apus_matrix_kernels_for((apus_isa)isa);
    if (!kernels) continue;
    kernels->babybear_product(out, (const uint32_t *const *)a, (const uint32_t *const *)b, rows, terms, columns,
                              scratch);
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < columns; j++) {
        uint64_t sum = 0;
        for (size_t k = 0; k < terms; k++) sum = (sum + (uint64_t)a[i][k] * b[k][j]) % APUS_BABYBEAR_P;
        if (out[i][j] == reduced(sum)) continue;
        fprintf(stderr, "%zu x %zu x %zu on instruction set %d: entry (%zu, %zu) is %u, expected %u\n", rows, terms,
                columns, isa, i, j, out[i][j], reduced(sum));
        exit(1);
      }
  }
  release(a, rows), release(b, terms), release(out, rows);
}

int main(void) {
  uint32_t *scratch = aligned_alloc(64, APUS_MATRIX_SCRATCH_WORDS * sizeof *scratch);
  if (!scratch) return 1;
  for (size_t n = 0; n <= 33; n++) check(n % 7, (5 * n + 2) % 19, n, scratch);
  check(3, 0, 5, scratch), check(0, 3, 5, scratch), check(3, 5, 0, scratch);
  check(APUS_MATRIX_BLOCK_ROWS + 1, 9, 17, scratch), check(5, 2 * APUS_MATRIX_BLOCK_TERMS + 3, 18, scratch);
  free(scratch);
  puts("matrix products: every instruction set agrees with single products");
  return 0;
}
