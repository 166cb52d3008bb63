// Merkle trees: which pieces a tree is built of, and a piece. Contract: include/apus_merkle.h.
#include "include/apus_merkle.h"

#include <string.h>

#include "checks.h"

/* A piece ends at a level of this many nodes, the most that a kernel needs to fill its lanes. The levels above are blocks
 * again, over those nodes. */
enum { LANES_LOG_MOST = 6 };
/* Rows that are injected at one time: digests of theirs wait on the stack. */
enum { INJECTED = 64 };

enum { DIGEST = 32 };

/* A pass takes level `bottom` to level `top`, in pieces of 2^log_piece nodes of `bottom`. */
typedef struct Pass {
  unsigned bottom, top, log_piece;
} Pass;

size_t apus_merkle_start(unsigned log_leaves, unsigned level) {
  size_t all = (size_t)2 << log_leaves;
  return all - (all >> level);
}

static Pass pass_of(const apus_merkle_tree *tree, unsigned number) {
  const unsigned log_block = tree->log_block ? tree->log_block : APUS_MERKLE_BLOCK_LOG;
  Pass pass = {.bottom = number * (log_block - LANES_LOG_MOST)};
  unsigned log_size = tree->log_leaves - pass.bottom, last = tree->log_leaves - tree->log_cap;
  if (log_size > log_block) {
    pass.log_piece = log_block;
    pass.top = pass.bottom + log_block - LANES_LOG_MOST;
  } else {
    pass.log_piece = log_size;
    pass.top = last;
  }
  if (pass.top > last) pass.top = last;
  return pass;
}

unsigned apus_merkle_passes(const apus_merkle_tree *tree) {
  unsigned number = 0;
  while (pass_of(tree, number).top < tree->log_leaves - tree->log_cap) number++;
  return number + 1;
}

size_t apus_merkle_pieces(const apus_merkle_tree *tree, unsigned pass) {
  Pass p = pass_of(tree, pass);
  return (size_t)1 << (tree->log_leaves - p.bottom - p.log_piece);
}

static uint8_t *node(const apus_merkle_tree *tree, unsigned level, size_t index) {
  return tree->digests + DIGEST * (apus_merkle_start(tree->log_leaves, level) + index);
}

/* digests of rows [begin, end) that enter `level`. */
static void hash_rows(const apus_merkle_tree *tree, unsigned level, size_t begin, size_t end, uint8_t *digests) {
  const apus_merkle_rows *rows = &tree->rows[level];
  while (begin < end) {
    size_t block = begin / rows->rows_per_block, first = begin % rows->rows_per_block;
    size_t count = end - begin < rows->rows_per_block - first ? end - begin : rows->rows_per_block - first;
    size_t column = block * rows->column_count;
    if (tree->hash.words32)
      tree->hash.words32->rows(digests, rows->columns.words32 + column, rows->column_count, first, first + count);
    else if (tree->hash.bytes64)
      tree->hash.bytes64->rows64(digests, rows->columns.words64 + column, rows->column_count, first, first + count);
    else
      tree->hash.words64->rows(digests, rows->columns.words64 + column, rows->column_count, first, first + count);
    digests += DIGEST * count;
    begin += count;
  }
}

static void hash_pairs(const apus_merkle_tree *tree, uint8_t *digests, const uint8_t *pairs, size_t n) {
  if (tree->hash.words32)
    tree->hash.words32->pairs(digests, pairs, n);
  else if (tree->hash.bytes64)
    tree->hash.bytes64->pairs(digests, pairs, n);
  else
    tree->hash.words64->pairs(digests, pairs, n);
}

/* Pairs nodes [begin, end) of `level` with the digests of the rows that enter there. */
static void inject(const apus_merkle_tree *tree, unsigned level, size_t begin, size_t end) {
  uint8_t digests[INJECTED][DIGEST], pairs[INJECTED][2][DIGEST];
  for (size_t count; begin < end; begin += count) {
    count = end - begin < INJECTED ? end - begin : INJECTED;
    uint8_t *nodes = node(tree, level, begin);
    hash_rows(tree, level, begin, begin + count, digests[0]);
    for (size_t i = 0; i < count; i++) {
      memcpy(pairs[i][0], nodes + DIGEST * i, DIGEST);
      memcpy(pairs[i][1], digests[i], DIGEST);
    }
    hash_pairs(tree, nodes, pairs[0][0], count);
  }
}

static void run_piece(const apus_merkle_tree *tree, Pass pass, size_t piece) {
  size_t begin = piece << pass.log_piece, end = begin + ((size_t)1 << pass.log_piece);
  if (pass.bottom == 0) hash_rows(tree, 0, begin, end, node(tree, 0, begin));
  for (unsigned level = pass.bottom + 1; level <= pass.top; level++) {
    begin /= 2;
    end /= 2;
    hash_pairs(tree, node(tree, level, begin), node(tree, level - 1, 2 * begin), end - begin);
    if (tree->rows[level].rows_per_block) inject(tree, level, begin, end);
  }
}

void apus_merkle_run(const apus_merkle_tree *tree, unsigned pass, size_t begin, size_t end) {
  APUS_CHECK(tree->log_leaves < APUS_MERKLE_MAX_LEVELS && tree->log_cap <= tree->log_leaves);
  APUS_CHECK(tree->log_block == 0 || (tree->log_block > LANES_LOG_MOST && tree->log_block <= 30));
  APUS_CHECK(!!tree->hash.words32 + !!tree->hash.words64 + !!tree->hash.bytes64 == 1 && tree->rows[0].rows_per_block);
  APUS_CHECK(pass < apus_merkle_passes(tree) && end <= apus_merkle_pieces(tree, pass));
  for (size_t piece = begin; piece < end; piece++) run_piece(tree, pass_of(tree, pass), piece);
}

void apus_merkle_path(const apus_merkle_tree *tree, size_t leaf, uint8_t *siblings) {
  APUS_CHECK(leaf >> tree->log_leaves == 0);
  for (unsigned level = 0; level < tree->log_leaves - tree->log_cap; level++)
    memcpy(siblings + DIGEST * level, node(tree, level, (leaf >> level) ^ 1), DIGEST);
}
