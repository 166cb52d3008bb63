/* The Merkle root of a table with the kernels alone: Poseidon2 over each row, then over pairs, on a pool of threads;
 * checked against one path computed with the single permutation.
 *
 * cc -std=c11 merkle.c $(pkg-config --cflags --libs apus-kernels) -o merkle && ./merkle */
#include <apus_kernels.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 1 << 14, COLUMNS = 24, DIGEST = 8, GRAIN = 512 };

static uint32_t table[COLUMNS][ROWS];
/* Digests lie in columns, too: word j of digest i is at [j][i]. `left` and `right` are the layer below, its even and
 * its odd digests. */
static uint32_t layer[DIGEST][ROWS], left[DIGEST][ROWS / 2], right[DIGEST][ROWS / 2];

struct work {
  const apus_poseidon2_babybear_kernels *kernels;
  const uint32_t *columns[COLUMNS], *left[DIGEST], *right[DIGEST];
  uint32_t *out[DIGEST];
};

static void hash_rows(void *context, size_t begin, size_t end, size_t worker) {
  (void)worker;
  const struct work *w = context;
  w->kernels->hash_rows(w->out, w->columns, COLUMNS, begin, end);
}

static void compress(void *context, size_t begin, size_t end, size_t worker) {
  (void)worker;
  const struct work *w = context;
  w->kernels->compress(w->out, w->left, w->right, begin, end);
}

int main(void) {
  apus_isa isa = apus_isa_supported(APUS_ISA_AVX512) ? APUS_ISA_AVX512
                 : apus_isa_supported(APUS_ISA_AVX2) ? APUS_ISA_AVX2
                                                     : APUS_ISA_PORTABLE;
  apus_pool *pool = apus_pool_create(&(apus_pool_options){.threads = 0});
  if (!pool) return 1;
  const apus_babybear_kernels *field = apus_babybear_kernels_for(isa);
  struct work w = {.kernels = apus_poseidon2_babybear16_kernels_for(isa)};
  for (size_t c = 0; c < COLUMNS; c++) {
    for (size_t i = 0; i < ROWS; i++) table[c][i] = (uint32_t)(1000 * c + i);
    field->to_montgomery(table[c], table[c], ROWS);
    w.columns[c] = table[c];
  }
  for (size_t j = 0; j < DIGEST; j++) {
    w.out[j] = layer[j];
    w.left[j] = left[j];
    w.right[j] = right[j];
  }

  /* Beside the tree, the path of row 0: its digest with the one permutation, and the right neighbours on the way up. */
  uint32_t state[16] = {0}, path[DIGEST];
  for (size_t c = 0; c < COLUMNS; c += DIGEST) {
    for (size_t j = 0; j < DIGEST; j++) state[j] = table[c + j][0];
    apus_poseidon2_babybear16(state);
  }
  memcpy(path, state, sizeof path);

  apus_pool_run(pool, ROWS, GRAIN, hash_rows, &w);
  for (size_t n = ROWS / 2; n > 0; n /= 2) {
    for (size_t j = 0; j < DIGEST; j++) {
      for (size_t i = 0; i < n; i++) {
        left[j][i] = layer[j][2 * i];
        right[j][i] = layer[j][2 * i + 1];
      }
      state[j] = path[j];
      state[DIGEST + j] = right[j][0];
    }
    apus_poseidon2_babybear16(state);
    memcpy(path, state, sizeof path);
    apus_pool_run(pool, n, GRAIN, compress, &w);
  }

  uint32_t root[DIGEST];
  for (size_t j = 0; j < DIGEST; j++) root[j] = layer[j][0];
  if (memcmp(root, path, sizeof root) != 0) {
    fprintf(stderr, "the path of row 0 does not lead to the root\n");
    return 1;
  }
  field->from_montgomery(root, root, DIGEST);
  printf("Poseidon2 root of %d rows, %zu threads:", ROWS, apus_pool_threads(pool));
  for (size_t j = 0; j < DIGEST; j++) printf(" %08" PRIx32, root[j]);
  printf("\n");
  apus_pool_destroy(pool);
  return 0;
}
