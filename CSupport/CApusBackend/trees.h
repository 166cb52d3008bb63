/* What both fields' commitments share. */
#ifndef APUS_BACKEND_TREES_H
#define APUS_BACKEND_TREES_H

#include "arguments.h"

enum { DIGEST = 32, MOST_LOG_ROWS = 32 };

struct apus_backend_tree {
  uint32_t tag;
  apus_merkle_tree tree; /* of which hash and rows are set while it is built only */
  size_t bytes;
  Memory *memory;
};

/* A tree whose digests are not yet written; NULL without memory. */
apus_backend_tree *create_tree(const apus_backend *backend, size_t rows);

/* The tables of a hash of bytes, or of Poseidon2 over BabyBear; NULL if the hash is unknown. */
const apus_hash_kernels *hash_kernels(apus_backend_hash hash, apus_isa isa);

apus_backend_status check_digests(const uint8_t *digests, size_t n, const void *const *columns, size_t count,
                                  size_t column_bytes);
apus_backend_status check_path(const uint8_t *root, const uint8_t *path, size_t bytes, size_t row, size_t rows);

#endif
