/* The hashes' kernel tables, one for each level. */
#ifndef APUS_HASH_TABLES_H
#define APUS_HASH_TABLES_H

#include "include/apus_hash.h"

extern const apus_hash_kernels apus_blake3_kernels_portable, apus_blake3_kernels_avx2, apus_blake3_kernels_avx512;
extern const apus_hash_kernels apus_sha256_kernels_portable, apus_sha256_kernels_avx2, apus_sha256_kernels_avx512;
extern const apus_hash_kernels apus_sha3_256_kernels_portable, apus_sha3_256_kernels_avx2, apus_sha3_256_kernels_avx512;
extern const apus_hash_kernels apus_keccak256_kernels_portable, apus_keccak256_kernels_avx2,
    apus_keccak256_kernels_avx512;
/* Where the SHA extensions are present. */
extern const apus_hash_kernels apus_sha256_kernels_avx2_shani, apus_sha256_kernels_avx512_shani;

#endif
