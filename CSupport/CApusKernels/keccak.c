// Keccak-256 and SHA3-256 of one message, step by step as FIPS 202 has them, and the choice of the kernels for many.
#include <string.h>

#include "hash_tables.h"
#include "include/apus_hash.h"
#include "keccak_constants.h"

static uint64_t rotate_left(uint64_t x, unsigned k) { return x << k | x >> ((64 - k) & 63); }

static void permute(uint64_t a[25]) {
  for (int round = 0; round < KECCAK_ROUNDS; round++) {
    uint64_t column[5], b[25];
    for (int x = 0; x < 5; x++) column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (int y = 0; y < 5; y++)
      for (int x = 0; x < 5; x++) { /* theta, rho, and pi, which brings (x, y) to (y, 2 x + 3 y) */
        uint64_t lane = a[x + 5 * y] ^ column[(x + 4) % 5] ^ rotate_left(column[(x + 1) % 5], 1);
        b[y + 5 * ((2 * x + 3 * y) % 5)] = rotate_left(lane, KECCAK_ROTATION[x + 5 * y]);
      }
    for (int y = 0; y < 5; y++) /* chi */
      for (int x = 0; x < 5; x++) a[x + 5 * y] = b[x + 5 * y] ^ (~b[(x + 1) % 5 + 5 * y] & b[(x + 2) % 5 + 5 * y]);
    a[0] ^= KECCAK_ROUND[round];
  }
}

static void absorb(uint64_t state[25], const uint8_t block[KECCAK_RATE]) {
  for (int i = 0; i < KECCAK_RATE_WORDS; i++) {
    uint64_t word;
    memcpy(&word, block + 8 * i, 8);
    state[i] ^= word;
  }
  permute(state);
}

static void hash(uint8_t digest[32], const uint8_t *message, size_t length, uint8_t suffix) {
  uint64_t state[25] = {0};
  size_t whole = length - length % KECCAK_RATE;
  for (size_t at = 0; at < whole; at += KECCAK_RATE) absorb(state, message + at);

  /* The suffix and the block's last bit; one byte holds both where there is only one left. */
  uint8_t last[KECCAK_RATE] = {0};
  if (length > whole) memcpy(last, message + whole, length - whole);
  last[length - whole] = suffix;
  last[KECCAK_RATE - 1] |= 0x80;
  absorb(state, last);
  memcpy(digest, state, 32);
}

void apus_keccak256(uint8_t digest[32], const uint8_t *message, size_t length) {
  hash(digest, message, length, KECCAK_SUFFIX);
}
void apus_sha3_256(uint8_t digest[32], const uint8_t *message, size_t length) {
  hash(digest, message, length, SHA3_SUFFIX);
}

const apus_hash_kernels *apus_keccak256_kernels_for(apus_isa isa) {
  if (!apus_isa_supported(isa)) return NULL;
  switch (isa) {
    case APUS_ISA_PORTABLE: return &apus_keccak256_kernels_portable;
    case APUS_ISA_AVX2: return &apus_keccak256_kernels_avx2;
    case APUS_ISA_AVX512: return &apus_keccak256_kernels_avx512;
  }
  return NULL;
}

const apus_hash_kernels *apus_sha3_256_kernels_for(apus_isa isa) {
  if (!apus_isa_supported(isa)) return NULL;
  switch (isa) {
    case APUS_ISA_PORTABLE: return &apus_sha3_256_kernels_portable;
    case APUS_ISA_AVX2: return &apus_sha3_256_kernels_avx2;
    case APUS_ISA_AVX512: return &apus_sha3_256_kernels_avx512;
  }
  return NULL;
}
