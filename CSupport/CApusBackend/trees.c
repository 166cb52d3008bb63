// Trees that are built: root, paths, memory. And the hashes of messages.
#include "trees.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

apus_backend_tree *create_tree(const apus_backend *backend, size_t rows) {
  apus_backend_tree *created = malloc(sizeof *created);
  size_t bytes = DIGEST * (2 * rows - 1);
  void *digests = apus_arena_acquire(backend->memory->arena, bytes);
  if (!created || !digests) {
    if (digests) apus_arena_release(backend->memory->arena, digests, bytes);
    free(created);
    return NULL;
  }
  atomic_fetch_add(&backend->memory->owners, 1);
  *created = (apus_backend_tree){.tag = TREE_TAG, .bytes = bytes, .memory = backend->memory};
  created->tree.log_leaves = (unsigned)__builtin_ctzll(rows);
  created->tree.digests = digests;
  return created;
}

void apus_backend_tree_destroy(apus_backend_tree *tree) {
  if (check_handle(tree, "tree", TREE_TAG) != APUS_BACKEND_OK) return;
  tree->tag = 0;
  apus_arena_release(tree->memory->arena, tree->tree.digests, tree->bytes);
  release_memory(tree->memory);
  free(tree);
}

apus_backend_status apus_backend_tree_root(const apus_backend_tree *tree, uint8_t root[32]) {
  TRY(check_handle(tree, "tree", TREE_TAG));
  TRY(check_not_null(root, "root"));
  memcpy(root, tree->tree.digests + tree->bytes - DIGEST, DIGEST);
  return APUS_BACKEND_OK;
}

/* Of a tree over `rows` rows. */
static apus_backend_status check_path_size(size_t bytes, size_t row, size_t rows) {
  size_t expected = DIGEST * (size_t)__builtin_ctzll(rows);
  if (row >= rows) return refuse(APUS_BACKEND_SIZE, "row %zu does not exist: there are %zu", row, rows);
  if (bytes != expected)
    return refuse(APUS_BACKEND_SIZE, "a path among %zu rows has %zu bytes, not %zu", rows, expected, bytes);
  return APUS_BACKEND_OK;
}

apus_backend_status apus_backend_tree_path(const apus_backend_tree *tree, size_t row, uint8_t *path, size_t bytes) {
  TRY(check_handle(tree, "tree", TREE_TAG));
  TRY(check_path_size(bytes, row, (size_t)1 << tree->tree.log_leaves));
  TRY(check_array(path, "path", bytes, 1, 1));
  apus_merkle_path(&tree->tree, row, path);
  return APUS_BACKEND_OK;
}

apus_backend_status check_path(const uint8_t *root, const uint8_t *path, size_t bytes, size_t row, size_t rows) {
  TRY(check_not_null(root, "root"));
  TRY(check_power_of_two(rows, "rows", MOST_LOG_ROWS));
  TRY(check_path_size(bytes, row, rows));
  return check_array(path, "path", bytes, 1, 1);
}

apus_backend_status check_digests(const uint8_t *digests, size_t n, const void *const *columns, size_t count,
                                  size_t column_bytes) {
  TRY(check_array(digests, "digests", n, DIGEST, 1));
  Extent out = {digests, n * DIGEST, "digests"};
  TRY(check_apart(out, (Extent){columns, count * sizeof *columns, "the pointers to columns"}));
  for (size_t c = 0; c < count; c++) TRY(check_apart(out, (Extent){columns[c], column_bytes, "a column"}));
  return APUS_BACKEND_OK;
}

const apus_hash_kernels *hash_kernels(apus_backend_hash hash, apus_isa isa) {
  switch (hash) {
    case APUS_BACKEND_BLAKE3: return apus_blake3_kernels_for(isa);
    case APUS_BACKEND_SHA256: return apus_sha256_kernels_for(isa);
    case APUS_BACKEND_POSEIDON2: return apus_poseidon2_babybear_wide_hash_kernels_for(isa);
    case APUS_BACKEND_KECCAK256: return apus_keccak256_kernels_for(isa);
    case APUS_BACKEND_SHA3_256: return apus_sha3_256_kernels_for(isa);
    default: return NULL;
  }
}

typedef struct Messages {
  const apus_hash_kernels *kernels;
  uint8_t *digests;
  const uint8_t *messages;
  size_t length;
} Messages;

static void hash_some(void *context, size_t begin, size_t end, size_t worker) {
  (void)worker;
  const Messages *m = context;
  const uint8_t *messages = m->length ? m->messages + begin * m->length : m->messages;
  m->kernels->messages(m->digests + DIGEST * begin, messages, m->length, end - begin);
}

apus_backend_status apus_backend_hash_messages(const apus_backend *backend, apus_backend_hash hash, uint8_t *digests,
                                               const uint8_t *messages, size_t length, size_t n) {
  TRY(check_handle(backend, "backend", BACKEND_TAG));
  const apus_hash_kernels *kernels = hash_kernels(hash, backend->isa);
  if (!kernels || !kernels->messages) return refuse(APUS_BACKEND_UNKNOWN, "hash %d hashes no bytes", hash);
  TRY(check_count(length, "length", APUS_BACKEND_MOST));
  size_t bytes;
  if (__builtin_mul_overflow(length, n, &bytes)) bytes = SIZE_MAX;
  TRY(check_array(messages, "messages", bytes, 1, 1));
  TRY(check_array(digests, "digests", n, DIGEST, 1));
  TRY(check_apart((Extent){digests, n * DIGEST, "digests"}, (Extent){messages, bytes, "messages"}));
  Messages work = {kernels, digests, messages, length};
  size_t grain = 1 + ((size_t)1 << 18) / (length + 64);
  apus_pool_run(backend->pool, n, grain < 1024 ? (grain + 63) / 64 * 64 : 1024, hash_some, &work);
  return APUS_BACKEND_OK;
}
