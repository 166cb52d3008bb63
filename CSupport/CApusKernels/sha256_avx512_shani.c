// SHA-256 of many messages where AVX-512 and the SHA extensions are both present: a vector of sixteen lanes costs as much
// as ten messages with the extensions, so fewer than that are left to those.
#include "hash_tables.h"
#include "include/apus_hash.h"

enum { FEW = 8 };

static const apus_hash_kernels *kernels_for(size_t n) {
  return n <= FEW ? &apus_sha256_kernels_avx2_shani : &apus_sha256_kernels_avx512;
}

static void hash_rows(uint8_t *digests, const uint32_t *const *columns, size_t column_count, size_t begin, size_t end) {
  kernels_for(end - begin)->rows(digests, columns, column_count, begin, end);
}
static void hash_rows64(uint8_t *digests, const uint64_t *const *columns, size_t column_count, size_t begin,
                        size_t end) {
  kernels_for(end - begin)->rows64(digests, columns, column_count, begin, end);
}
static void hash_pairs(uint8_t *digests, const uint8_t *pairs, size_t n) {
  kernels_for(n)->pairs(digests, pairs, n);
}
static void hash_messages(uint8_t *digests, const uint8_t *messages, size_t length, size_t n) {
  kernels_for(n)->messages(digests, messages, length, n);
}

const apus_hash_kernels apus_sha256_kernels_avx512_shani = {hash_rows, hash_rows64, hash_pairs, hash_messages};
