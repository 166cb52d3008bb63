/* Merkle trees over the rows of matrices.
 *
 * A leaf is the digest of a row, a node the digest of its two children's 64 bytes. Where rows enter a level above the
 * leaves, node i becomes the digest of itself and of the digest of row i. All levels up to the cap are kept in one array
 * of 32-byte digests, leaves first: level l has 2^(log_leaves - l) of them.
 *
 * A tree is built in passes. The pieces of one pass may be run by several threads at the same time; a pass begins when
 * all pieces of the one before it are done. A piece hashes a block of rows and reduces them while they are in the cache,
 * so that a node is read where it was written. */
#ifndef APUS_MERKLE_H
#define APUS_MERKLE_H

#include <stddef.h>
#include <stdint.h>

#include "apus_hash.h"
#include "apus_poseidon2.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A piece's rows where nothing else is asked for: its digests are 32 KiB. */
#define APUS_MERKLE_BLOCK_LOG 10
/* Most levels of a tree, that of the leaves included. */
#define APUS_MERKLE_MAX_LEVELS 48

/* The hash of a tree, by the words of its columns: a hash of bytes over 32-bit or 64-bit words, or one of 64-bit words.
 * The other pointers are NULL. */
typedef struct apus_merkle_hash {
  const apus_hash_kernels *words32;
  const apus_poseidon2_goldilocks_hash_kernels *words64;
  const apus_hash_kernels *bytes64;
} apus_merkle_hash;

typedef union apus_merkle_columns {
  const uint32_t *const *words32;
  const uint64_t *const *words64;
} apus_merkle_columns;

/* Rows that enter a level, as many as it has nodes: a stack of blocks of rows_per_block rows each. Column c of block b is
 * columns[b * column_count + c], rows_per_block words as the hash's `rows` takes them. */
typedef struct apus_merkle_rows {
  apus_merkle_columns columns;
  size_t column_count;
  size_t rows_per_block; /* a power of two; 0: no rows enter this level */
} apus_merkle_rows;

typedef struct apus_merkle_tree {
  apus_merkle_hash hash;
  unsigned log_leaves; /* below APUS_MERKLE_MAX_LEVELS */
  unsigned log_cap;    /* levels cut off at the top, at most log_leaves: the last one kept has 2^log_cap digests */
  unsigned log_block;  /* logarithm of a piece's rows, 7 to 30; 0: APUS_MERKLE_BLOCK_LOG. Digests do not depend on it */
  const apus_merkle_rows *rows; /* of each level kept, leaves first; rows enter the leaves' */
  uint8_t *digests;             /* apus_merkle_start(log_leaves, log_leaves - log_cap + 1) of them; overlap no column */
} apus_merkle_tree;

/* The digests of all levels below `level`, which is at most log_leaves + 1. */
size_t apus_merkle_start(unsigned log_leaves, unsigned level);

unsigned apus_merkle_passes(const apus_merkle_tree *tree);
/* Of the pass `pass` < apus_merkle_passes(tree). */
size_t apus_merkle_pieces(const apus_merkle_tree *tree, unsigned pass);
/* Runs pieces [begin, end) of a pass; needs 6 KiB of stack beside the kernels'. */
void apus_merkle_run(const apus_merkle_tree *tree, unsigned pass, size_t begin, size_t end);

/* siblings[32 * l ..] = the sibling on level l of the path from a leaf to the cap, for 0 <= l < log_leaves - log_cap. */
void apus_merkle_path(const apus_merkle_tree *tree, size_t leaf, uint8_t *siblings);

#ifdef __cplusplus
}
#endif
#endif
