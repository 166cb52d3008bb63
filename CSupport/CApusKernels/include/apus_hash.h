/* BLAKE3, SHA-256, Keccak-256 and SHA3-256: one message, and many equal-length messages at once (lane = message).
 * SHA-1 and RIPEMD-160, which Bitcoin Script knows: one message.
 *
 * A digest is 32 bytes as the standard writes it. Rows of columns are hashed as bytes: each word's canonical integer
 * (not Montgomery form), four bytes of BabyBear and eight of Goldilocks, little-endian, in column order. */
#ifndef APUS_HASH_H
#define APUS_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The hash of one message of `length` bytes; `message` may be NULL when length is 0. */
void apus_blake3(uint8_t digest[32], const uint8_t *message, size_t length);
void apus_sha256(uint8_t digest[32], const uint8_t *message, size_t length);
void apus_sha3_256(uint8_t digest[32], const uint8_t *message, size_t length);
/* Keccak with the padding it had before it became SHA-3: Ethereum's hash. */
void apus_keccak256(uint8_t digest[32], const uint8_t *message, size_t length);
/* Digests of 20 bytes; `message` may be NULL when length is 0. */
void apus_sha1(uint8_t digest[20], const uint8_t *message, size_t length);
void apus_ripemd160(uint8_t digest[20], const uint8_t *message, size_t length);
/* The first `output_length` bytes of BLAKE3's extendable output. */
void apus_blake3_xof(uint8_t *output, size_t output_length, const uint8_t *message, size_t length);

typedef struct apus_hash_kernels {
  /* digests[32 * (i - begin) ..] = hash of row i of `columns`, begin <= i < end: column_count Montgomery words in
   * [0, p), any number of columns (0: the empty message). digests overlaps no column. */
  void (*rows)(uint8_t *digests, const uint32_t *const *columns, size_t column_count, size_t begin, size_t end);
  /* The same for Goldilocks columns: canonical words. NULL in a table that is not a hash of bytes. */
  void (*rows64)(uint8_t *digests, const uint64_t *const *columns, size_t column_count, size_t begin, size_t end);
  /* digests[32 * i ..] = hash of the i-th 64 bytes of pairs, 0 <= i < n. digests overlaps pairs only if it is equal to
   * it (each digest is written after its pair was read). */
  void (*pairs)(uint8_t *digests, const uint8_t *pairs, size_t n);
  /* digests[32 * i ..] = hash of the i-th of n messages of `length` bytes each, one after the other. */
  void (*messages)(uint8_t *digests, const uint8_t *messages, size_t length, size_t n);
} apus_hash_kernels;

/* NULL if this machine does not run the set. Where the SHA extensions are present, SHA-256's AVX2 kernels use them for
 * all messages, those of AVX-512 for few. */
const apus_hash_kernels *apus_blake3_kernels_for(apus_isa isa);
const apus_hash_kernels *apus_sha256_kernels_for(apus_isa isa);
const apus_hash_kernels *apus_sha3_256_kernels_for(apus_isa isa);
const apus_hash_kernels *apus_keccak256_kernels_for(apus_isa isa);

#ifdef __cplusplus
}
#endif
#endif
