// SHA-256 of one message (FIPS 180-4), and the choice of the kernels for many.
#include <string.h>

#include "hash_tables.h"
#include "include/apus_hash.h"
#include "sha256_constants.h"
#include "sha256_shani.h"

static uint32_t rotate(uint32_t x, int k) { return x >> k | x << (32 - k); }
static uint32_t load_big_endian(const uint8_t *p) {
  uint32_t x;
  memcpy(&x, p, 4);
  return __builtin_bswap32(x);
}
static void store_big_endian(uint8_t *p, uint32_t x) {
  x = __builtin_bswap32(x);
  memcpy(p, &x, 4);
}

static void compress(uint32_t state[8], const uint8_t block[64]) {
  uint32_t w[64];
  for (int t = 0; t < 16; t++) w[t] = load_big_endian(block + 4 * t);
  for (int t = 16; t < 64; t++) {
    uint32_t x = w[t - 15], y = w[t - 2];
    w[t] = w[t - 16] + w[t - 7] + (rotate(x, 7) ^ rotate(x, 18) ^ x >> 3) + (rotate(y, 17) ^ rotate(y, 19) ^ y >> 10);
  }
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  for (int t = 0; t < 64; t++) {
    uint32_t choice = (e & f) ^ (~e & g), majority = (a & b) ^ (a & c) ^ (b & c);
    uint32_t t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + SHA256_K[t] + w[t];
    uint32_t t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority;
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

/* Blocks one after the other into one state; with the SHA extensions or without. */
static void compress_all(uint32_t state[1][8], const uint8_t *blocks, size_t bytes, int extensions) {
  if (extensions)
    for (size_t at = 0; at < bytes; at += 64) apus_sha256_shani_compress(state, blocks + at, 64, 1);
  else
    for (size_t at = 0; at < bytes; at += 64) compress(*state, blocks + at);
}

void apus_sha256(uint8_t digest[32], const uint8_t *message, size_t length) {
  apus_sha256_one(digest, message, length, (apus_features() & APUS_FEATURE_SHA) != 0);
}

void apus_sha256_one(uint8_t digest[32], const uint8_t *message, size_t length, int extensions) {
  uint32_t states[1][8], *state = *states;
  memcpy(states, SHA256_IV, sizeof states);
  size_t whole = length / 64 * 64;
  compress_all(states, message, whole, extensions);

  /* One bit, zeros, and the length in bits: they end the last block, or take one more. */
  uint8_t last[128] = {0};
  size_t left = length - whole, padded = left + 9 <= 64 ? 64 : 128;
  if (left) memcpy(last, message + whole, left);
  last[left] = 0x80;
  store_big_endian(last + padded - 8, (uint32_t)((uint64_t)length >> 29));
  store_big_endian(last + padded - 4, (uint32_t)((uint64_t)length << 3));
  compress_all(states, last, padded, extensions);
  for (int i = 0; i < 8; i++) store_big_endian(digest + 4 * i, state[i]);
}

/* Nanoseconds for a pair of digests, one thread of a Zen 5 EPYC: 62 in eight lanes of AVX2, 34 with the SHA extensions
 * (54 for one alone), 16 in sixteen lanes of AVX-512. */
const apus_hash_kernels *apus_sha256_kernels_for(apus_isa isa) {
  if (!apus_isa_supported(isa)) return NULL;
  int extensions = (apus_features() & APUS_FEATURE_SHA) != 0;
  switch (isa) {
    case APUS_ISA_PORTABLE: return &apus_sha256_kernels_portable;
    case APUS_ISA_AVX2:
      return extensions ? &apus_sha256_kernels_avx2_shani : &apus_sha256_kernels_avx2;
    case APUS_ISA_AVX512:
      return extensions ? &apus_sha256_kernels_avx512_shani : &apus_sha256_kernels_avx512;
  }
  return NULL;
}
