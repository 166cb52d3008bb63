// Merkle trees against their definition, one hash at a time: heights, caps, rows that enter above the leaves, matrices cut
// into blocks. Columns and digests lie in heap blocks of their exact size.
//
//   clang -fsanitize=address,undefined -O1 -g -DAPUS_CHECKS -I CSupport/CApusKernels/include \
//     .ci/sanitize/merkle_harness.c CSupport/CApusKernels/*.c -o merkle_harness && ./merkle_harness
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CApusKernels.h"

#define REQUIRE(condition) \
  ((condition) ? (void)0 : (fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition), exit(1)))

static uint64_t seed = 5;
static uint32_t next_random(void) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(seed >> 32);
}

enum { COLUMNS = 2, BLOCKS_MOST = 4 };

/* The rows that enter one level: `blocks` blocks of COLUMNS columns of one field's words. */
typedef struct Matrix {
  uint32_t *columns32[BLOCKS_MOST * COLUMNS];
  uint64_t *columns64[BLOCKS_MOST * COLUMNS];
  size_t rows, blocks;
  int goldilocks;
} Matrix;

static Matrix make_matrix(size_t rows, int goldilocks) {
  Matrix m = {.rows = rows, .blocks = rows < BLOCKS_MOST ? 1 : (size_t)1 << next_random() % 3, .goldilocks = goldilocks};
  size_t per_block = rows / m.blocks;
  for (size_t c = 0; c < m.blocks * COLUMNS; c++) {
    m.columns32[c] = goldilocks ? NULL : malloc(4 * per_block);
    m.columns64[c] = goldilocks ? malloc(8 * per_block) : NULL;
    for (size_t i = 0; i < per_block; i++) {
      if (goldilocks)
        m.columns64[c][i] = ((uint64_t)next_random() << 32 | next_random()) % APUS_GOLDILOCKS_P;
      else
        m.columns32[c][i] = next_random() % APUS_BABYBEAR_P;
    }
  }
  return m;
}

static void hash_row(const Matrix *m, size_t row, uint8_t digest[32]) {
  uint32_t words[COLUMNS];
  uint64_t words64[COLUMNS];
  size_t per_block = m->rows / m->blocks, first = row / per_block * COLUMNS;
  for (size_t c = 0; c < COLUMNS; c++) {
    if (m->goldilocks)
      words64[c] = m->columns64[first + c][row % per_block];
    else
      words[c] = m->columns32[first + c][row % per_block];
  }
  if (m->goldilocks) {
    apus_blake3(digest, (const uint8_t *)words64, sizeof words64);
    return;
  }
  apus_babybear_kernels_for(APUS_ISA_PORTABLE)->from_montgomery(words, words, COLUMNS);
  apus_blake3(digest, (const uint8_t *)words, sizeof words);
}

static void check_tree(apus_isa isa, int goldilocks, unsigned log_leaves, unsigned log_cap, uint32_t injected) {
  unsigned levels = log_leaves - log_cap + 1;
  Matrix matrices[APUS_MERKLE_MAX_LEVELS];
  apus_merkle_rows rows[APUS_MERKLE_MAX_LEVELS] = {{.rows_per_block = 0}};
  for (unsigned l = 0; l < levels; l++) {
    if (l && !(injected >> l & 1)) continue;
    matrices[l] = make_matrix((size_t)1 << (log_leaves - l), goldilocks);
    rows[l] = (apus_merkle_rows){.column_count = COLUMNS, .rows_per_block = matrices[l].rows / matrices[l].blocks};
    if (goldilocks)
      rows[l].columns.words64 = (const uint64_t *const *)matrices[l].columns64;
    else
      rows[l].columns.words32 = (const uint32_t *const *)matrices[l].columns32;
  }
  size_t nodes = apus_merkle_start(log_leaves, levels);
  uint8_t(*digests)[32] = malloc(32 * nodes), (*expected)[32] = malloc(32 * nodes);
  apus_merkle_tree tree = {.log_leaves = log_leaves, .log_cap = log_cap, .rows = rows, .digests = digests[0]};
  if (goldilocks)
    tree.hash.bytes64 = apus_blake3_kernels_for(isa);
  else
    tree.hash.words32 = apus_blake3_kernels_for(isa);
  for (unsigned pass = 0; pass < apus_merkle_passes(&tree); pass++)
    /* Last piece first: their order does not matter. */
    for (size_t piece = apus_merkle_pieces(&tree, pass); piece-- > 0;) apus_merkle_run(&tree, pass, piece, piece + 1);

  for (unsigned l = 0; l < levels; l++)
    for (size_t i = 0; i < (size_t)1 << (log_leaves - l); i++) {
      uint8_t *node = expected[apus_merkle_start(log_leaves, l) + i], pair[64];
      if (l == 0) {
        hash_row(&matrices[0], i, node);
        continue;
      }
      apus_blake3(node, expected[apus_merkle_start(log_leaves, l - 1) + 2 * i], 64);
      if (!rows[l].rows_per_block) continue;
      memcpy(pair, node, 32);
      hash_row(&matrices[l], i, pair + 32);
      apus_blake3(node, pair, 64);
    }
  REQUIRE(!memcmp(digests, expected, 32 * nodes));

  size_t leaf = next_random() & (((size_t)1 << log_leaves) - 1);
  uint8_t *path = malloc(32 * (levels - 1));
  apus_merkle_path(&tree, leaf, path);
  for (unsigned l = 0; l + 1 < levels; l++)
    REQUIRE(!memcmp(path + 32 * l, expected[apus_merkle_start(log_leaves, l) + ((leaf >> l) ^ 1)], 32));

  for (unsigned l = 0; l < levels; l++)
    for (size_t c = 0; rows[l].rows_per_block && c < matrices[l].blocks * COLUMNS; c++)
      free(matrices[l].columns32[c]), free(matrices[l].columns64[c]);
  free(digests), free(expected), free(path);
}

int main(void) {
  for (int isa = APUS_ISA_PORTABLE; isa <= APUS_ISA_AVX512; isa++) {
    if (!apus_isa_supported((apus_isa)isa)) continue;
    for (unsigned log_leaves = 0; log_leaves <= 15; log_leaves++)
      for (unsigned log_cap = 0; log_cap <= log_leaves; log_cap += 1 + log_leaves / 4) {
        for (int goldilocks = 0; goldilocks < 2; goldilocks++) {
          check_tree((apus_isa)isa, goldilocks, log_leaves, log_cap, 0);
          check_tree((apus_isa)isa, goldilocks, log_leaves, log_cap, next_random());
        }
      }
    printf("instruction set %d: trees are as defined\n", isa);
  }
  return 0;
}
