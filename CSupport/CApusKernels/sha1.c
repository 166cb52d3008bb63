// SHA-1 of one message (FIPS 180-4). Broken for signatures; here because Bitcoin Script has it as an opcode.
#include <string.h>

#include "include/apus_hash.h"
#include "md_padding.h"

#define INLINE static inline __attribute__((always_inline))

INLINE uint32_t mix(int group, uint32_t x, uint32_t y, uint32_t z) {
  switch (group) {
    case 0: return z ^ (x & (y ^ z));
    case 2: return (x & y) | (z & (x | y));
    default: return x ^ y ^ z;
  }
}

static const uint32_t CONSTANT[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};

/* The schedule's word t, in place of word t - 16. */
INLINE uint32_t scheduled(uint32_t w[16], int t) {
  if (t >= 16) w[t % 16] = rotate(w[(t - 3) % 16] ^ w[(t - 8) % 16] ^ w[(t - 14) % 16] ^ w[t % 16], 1);
  return w[t % 16];
}

/* One step: e takes the new value and b turns; the next step has their names moved by one. The empty instruction keeps
 * clang from adding what is long known after the rotated a, which is on the critical path. */
INLINE void step(int t, uint32_t a, uint32_t *b, uint32_t c, uint32_t d, uint32_t *e, uint32_t w[16]) {
  uint32_t known = *e + mix(t / 20, *b, c, d) + CONSTANT[t / 20] + scheduled(w, t);
  __asm__ volatile("" : "+r"(known));
  *e = known + rotate(a, 5);
  *b = rotate(*b, 30);
}

static void compress(uint32_t state[], const uint8_t block[64]) {
  uint32_t w[16];
  memcpy(w, block, sizeof w);
  for (int t = 0; t < 16; t++) w[t] = __builtin_bswap32(w[t]);
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
#pragma clang loop unroll(full)
  for (int t = 0; t < 80; t += 5) {
    step(t, a, &b, c, d, &e, w);
    step(t + 1, e, &a, b, c, &d, w);
    step(t + 2, d, &e, a, b, &c, w);
    step(t + 3, c, &d, e, a, &b, w);
    step(t + 4, b, &c, d, e, &a, w);
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
