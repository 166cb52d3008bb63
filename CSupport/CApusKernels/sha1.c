// SHA-1 of one message (FIPS 180-4). Broken for signatures; here because Bitcoin Script has it as an opcode.
#include <string.h>

#include "include/apus_hash.h"
#include "md_padding.h"

static inline uint32_t mix(int group, uint32_t x, uint32_t y, uint32_t z) {
  switch (group) {
    case 0: return (x & y) | (~x & z);
    case 2: return (x & y) | (x & z) | (y & z);
    default: return x ^ y ^ z;
  }
}

static const uint32_t CONSTANT[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};

static void compress(uint32_t state[], const uint8_t block[64]) {
  uint32_t w[80];
  memcpy(w, block, 64);
  for (int t = 0; t < 16; t++) w[t] = __builtin_bswap32(w[t]);
  for (int t = 16; t < 80; t++) w[t] = rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
#pragma clang loop unroll(full)
  for (int t = 0; t < 80; t++) {
    uint32_t next = rotate(a, 5) + mix(t / 20, b, c, d) + e + CONSTANT[t / 20] + w[t];
    e = d, d = c, c = rotate(b, 30), b = a, a = next;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;
}

void apus_sha1(uint8_t digest[20], const uint8_t *message, size_t length) {
  uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  absorb(state, compress, message, length, __builtin_bswap64((uint64_t)length << 3));
  for (int i = 0; i < 5; i++) {
    uint32_t word = __builtin_bswap32(state[i]);
    memcpy(digest + 4 * i, &word, 4);
  }
}
