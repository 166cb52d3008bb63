// The kernels of BLAKE3, SHA-256, Keccak-256 and SHA3-256 on all instruction sets against the one-message functions, and
// SHA-1 and RIPEMD-160, under the sanitizers. Inputs and outputs lie in heap blocks of their exact size, so a read or
// write beyond them is caught.
//
//   clang -fsanitize=address,undefined -O1 -g -DAPUS_CHECKS -I CSupport/CApusKernels/include \
//     .ci/sanitize/hash_harness.c CSupport/CApusKernels/*.c -o hash_harness && ./hash_harness
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../CSupport/CApusKernels/hash_tables.h"
#include "apus_babybear.h"
#include "apus_goldilocks.h"

typedef void hash_fn(uint8_t *digest, const uint8_t *message, size_t length);

static uint64_t seed = 7;
static uint32_t next_random(void) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(seed >> 32);
}

static void *exactly(size_t bytes) {
  void *block = malloc(bytes);
  if (!block && bytes) abort();
  return block;
}

static uint8_t *random_bytes(size_t bytes) {
  uint8_t *block = exactly(bytes);
  for (size_t i = 0; i < bytes; i++) block[i] = (uint8_t)next_random();
  return block;
}

static void expect(const uint8_t *digest, const uint8_t *expected, const char *what, int isa, size_t size, size_t i) {
  if (!memcmp(digest, expected, 32)) return;
  fprintf(stderr, "%s, instruction set %d, size %zu: digest %zu is wrong\n", what, isa, size, i);
  exit(1);
}

/* x * 2^-32 mod p, by the definition. */
static uint32_t canonical(uint32_t x) {
  uint64_t y = x;
  for (int i = 0; i < 32; i++) y = (y & 1 ? y + APUS_BABYBEAR_P : y) / 2;
  return (uint32_t)y;
}

static void check_rows(const apus_hash_kernels *kernels, hash_fn *hash, int isa, size_t count, size_t begin, size_t n) {
  uint32_t **columns = exactly(count * sizeof *columns);
  uint8_t *digests = exactly(32 * n), *row = exactly(4 * count), expected[32];
  for (size_t c = 0; c < count; c++) {
    columns[c] = exactly(4 * (begin + n));
    for (size_t i = 0; i < begin + n; i++) columns[c][i] = next_random() % APUS_BABYBEAR_P;
  }
  kernels->rows(digests, (const uint32_t *const *)columns, count, begin, begin + n);
  for (size_t i = 0; i < n; i++) {
    for (size_t c = 0; c < count; c++) {
      uint32_t word = canonical(columns[c][begin + i]);
      for (int b = 0; b < 4; b++) row[4 * c + b] = (uint8_t)(word >> 8 * b);
    }
    hash(expected, row, 4 * count);
    expect(digests + 32 * i, expected, "rows", isa, count, i);
  }
  for (size_t c = 0; c < count; c++) free(columns[c]);
  free(columns), free(digests), free(row);
}

static void check_rows64(const apus_hash_kernels *kernels, hash_fn *hash, int isa, size_t count, size_t begin,
                         size_t n) {
  uint64_t **columns = exactly(count * sizeof *columns), *row = exactly(8 * count);
  uint8_t *digests = exactly(32 * n), expected[32];
  for (size_t c = 0; c < count; c++) {
    columns[c] = exactly(8 * (begin + n));
    for (size_t i = 0; i < begin + n; i++)
      columns[c][i] = next_random() % 4 ? ((uint64_t)next_random() << 32 | next_random()) % APUS_GOLDILOCKS_P
                                        : APUS_GOLDILOCKS_P - 1;
  }
  kernels->rows64(digests, (const uint64_t *const *)columns, count, begin, begin + n);
  for (size_t i = 0; i < n; i++) {
    for (size_t c = 0; c < count; c++) row[c] = columns[c][begin + i]; /* x86-64 is little-endian */
    hash(expected, (const uint8_t *)row, 8 * count);
    expect(digests + 32 * i, expected, "rows of 64-bit words", isa, count, i);
  }
  for (size_t c = 0; c < count; c++) free(columns[c]);
  free(columns), free(digests), free(row);
}

static void check_messages(const apus_hash_kernels *kernels, hash_fn *hash, int isa, size_t length, size_t n) {
  uint8_t *messages = random_bytes(length * n), *digests = exactly(32 * n), expected[32];
  kernels->messages(digests, messages, length, n);
  for (size_t i = 0; i < n; i++) {
    hash(expected, messages + length * i, length);
    expect(digests + 32 * i, expected, "messages", isa, length, i);
  }
  free(messages), free(digests);
}

static void check_pairs(const apus_hash_kernels *kernels, hash_fn *hash, int isa, size_t n) {
  uint8_t *pairs = random_bytes(64 * n), *digests = exactly(32 * n), expected[32];
  kernels->pairs(digests, pairs, n);
  for (size_t i = 0; i < n; i++) {
    hash(expected, pairs + 64 * i, 64);
    expect(digests + 32 * i, expected, "pairs", isa, n, i);
  }
  kernels->pairs(pairs, pairs, n);
  for (size_t i = 0; i < n; i++) expect(pairs + 32 * i, digests + 32 * i, "pairs in place", isa, n, i);
  free(pairs), free(digests);
}

static void check_kernels(const apus_hash_kernels *kernels, hash_fn *hash, int isa) {
  static const size_t column_counts[] = {0, 1, 2, 15, 16, 17, 31, 32, 33, 34, 35, 68, 136, 255, 256, 257, 300, 520, 1025};
  static const size_t lengths[] = {0,  1,   3,   40,  44,   48,   55,   56,   63,  64,
                                   65, 119, 120, 128, 135, 136, 137, 271, 272, 1023, 1024, 1025, 2049, 5121};
  static const size_t counts[] = {0, 1, 2, 7, 8, 9, 15, 16, 17, 33, 64, 65, 131};
  for (size_t n = 0; n < sizeof counts / sizeof *counts; n++) {
    for (size_t c = 0; c < sizeof column_counts / sizeof *column_counts; c++) {
      check_rows(kernels, hash, isa, column_counts[c], next_random() % 20, counts[n]);
      check_rows64(kernels, hash, isa, column_counts[c], next_random() % 20, counts[n]);
    }
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++)
      check_messages(kernels, hash, isa, lengths[l], counts[n]);
    check_pairs(kernels, hash, isa, counts[n]);
  }
}

/* One message at a time, in a block of its exact size: the digests of n zeros for all n, folded into one, as Python's
 * hashlib has it. */
static void check_one(hash_fn *hash, const char *what, const uint8_t folded[20]) {
  uint8_t fold[20] = {0}, digest[20];
  for (size_t n = 0; n <= 300; n++) {
    uint8_t *message = exactly(n);
    if (n) memset(message, 0, n);
    hash(digest, message, n);
    for (int i = 0; i < 20; i++) fold[i] ^= digest[i];
    uint8_t with[32], without[32];
    apus_sha256(with, message, n);
    apus_sha256_one(without, message, n, 0);
    expect(without, with, "SHA-256 without its extensions", -1, n, 0);
    free(message);
  }
  if (!memcmp(fold, folded, 20)) return;
  fprintf(stderr, "%s: a digest is wrong\n", what);
  exit(1);
}

int main(void) {
  for (int isa = APUS_ISA_PORTABLE; isa <= APUS_ISA_AVX512; isa++) {
    const apus_hash_kernels *blake3 = apus_blake3_kernels_for((apus_isa)isa);
    const apus_hash_kernels *sha256 = apus_sha256_kernels_for((apus_isa)isa);
    const apus_hash_kernels *keccak256 = apus_keccak256_kernels_for((apus_isa)isa);
    const apus_hash_kernels *sha3_256 = apus_sha3_256_kernels_for((apus_isa)isa);
    if (!blake3 != !apus_isa_supported((apus_isa)isa) || !blake3 != !sha256) return 1;
    if (!blake3 != !keccak256 || !blake3 != !sha3_256) return 1;
    if (!blake3) {
      printf("instruction set %d: not on this machine\n", isa);
      continue;
    }
    check_kernels(blake3, apus_blake3, isa);
    check_kernels(sha256, apus_sha256, isa);
    check_kernels(keccak256, apus_keccak256, isa);
    check_kernels(sha3_256, apus_sha3_256, isa);
    /* Hidden by the SHA extensions where those are present. */
    if (isa == APUS_ISA_AVX2) check_kernels(&apus_sha256_kernels_avx2, apus_sha256, isa);
    if (isa == APUS_ISA_AVX512) check_kernels(&apus_sha256_kernels_avx512, apus_sha256, isa);
    printf("instruction set %d: rows, pairs and messages agree with one message at a time\n", isa);
  }
  static const uint8_t folded_sha1[20] = {0x07, 0x56, 0xcc, 0x3a, 0x41, 0xad, 0xb2, 0x78, 0xa2, 0x05,
      0x56, 0x43, 0xed, 0x29, 0xf9, 0xd9, 0x85, 0x78, 0x90, 0x73};
  static const uint8_t folded_ripemd160[20] = {0x27, 0x5d, 0xdb, 0x66, 0x15, 0x13, 0xaa, 0x14, 0x7d, 0xa9,
      0xbe, 0x6e, 0x3c, 0xc7, 0xd9, 0x4a, 0x8e, 0xf2, 0x3a, 0xce};
  check_one(apus_sha1, "SHA-1", folded_sha1);
  check_one(apus_ripemd160, "RIPEMD-160", folded_ripemd160);
  return 0;
}
