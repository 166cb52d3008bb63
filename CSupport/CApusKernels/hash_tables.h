/* The hashes' kernel tables, one for each level, and the two ways to one digest of SHA-256. */
#ifndef APUS_HASH_TABLES_H
#define APUS_HASH_TABLES_H

#include "include/apus_hash.h"

extern const apus_hash_kernels apus_blake3_kernels_portable, apus_blake3_kernels_avx2, apus_blake3_kernels_avx512;
/* One message's tree. Chaining values are 32 bytes each. */
typedef struct apus_blake3_tree {
  /* Of the n whole chunks from number `first`, a multiple of 64, on. */
  void (*chunks)(uint8_t *values, const uint8_t *chunks, uint64_t first, size_t n);
  /* Of the parents of n pairs of values; values may be pairs. */
  void (*parents)(uint8_t *values, const uint8_t *pairs, size_t n);
} apus_blake3_tree;
extern const apus_blake3_tree apus_blake3_tree_portable, apus_blake3_tree_avx2, apus_blake3_tree_avx512;
extern const apus_hash_kernels apus_sha256_kernels_portable, apus_sha256_kernels_avx2, apus_sha256_kernels_avx512;
extern const apus_hash_kernels apus_sha3_256_kernels_portable, apus_sha3_256_kernels_avx2, apus_sha3_256_kernels_avx512;
extern const apus_hash_kernels apus_keccak256_kernels_portable, apus_keccak256_kernels_avx2,
    apus_keccak256_kernels_avx512;
/* Where the SHA extensions are present. */
extern const apus_hash_kernels apus_sha256_kernels_avx2_shani, apus_sha256_kernels_avx512_shani;

/* apus_sha256 with the SHA extensions, which must be present, or without. */
void apus_sha256_one(uint8_t digest[32], const uint8_t *message, size_t length, int extensions);

#endif
