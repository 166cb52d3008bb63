// RIPEMD-160 of one message (ISO/IEC 10118-3): two lines of five times sixteen steps, joined at the end of each block.
#include <string.h>

#include "include/apus_hash.h"
#include "md_padding.h"

/* Which word of the block a step reads, and by how much it rotates. */
static const uint8_t LEFT_WORD[80] = {
    0, 1, 2,  3,  4, 5,  6, 7, 8,  9, 10, 11, 12, 13, 14, 15, 7, 4, 13, 1, 10, 6,  15, 3, 12, 0, 9,
    5, 2, 14, 11, 8, 3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12, 1, 9, 11, 10, 0, 8,
    12, 4, 13, 3, 7, 15, 14, 5, 6, 2, 4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13};
static const uint8_t RIGHT_WORD[80] = {
    5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12, 6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8,
    12, 4, 9, 1, 2, 15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13, 8, 6, 4, 1, 3, 11,
    15, 0, 5, 12, 2, 13, 9, 7, 10, 14, 12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11};
static const uint8_t LEFT_SHIFT[80] = {
    11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8, 7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15,
    9, 11, 7, 13, 12, 11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5, 11, 12, 14, 15, 14, 15,
    9, 8, 9, 14, 5, 6, 8, 6, 5, 12, 9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6};
static const uint8_t RIGHT_SHIFT[80] = {
    8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6, 9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12,
    7, 6, 15, 13, 11, 9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5, 15, 5, 8, 11, 14, 14,
    6, 14, 6, 9, 12, 9, 12, 5, 15, 8, 8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11};
static const uint32_t LEFT_CONSTANT[5] = {0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e};
static const uint32_t RIGHT_CONSTANT[5] = {0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0};

#define INLINE static inline __attribute__((always_inline))

INLINE uint32_t mix(int group, uint32_t x, uint32_t y, uint32_t z) {
  switch (group) {
    case 0: return x ^ y ^ z;
    case 1: return z ^ (x & (y ^ z));
    case 2: return (x | ~y) ^ z;
    case 3: return y ^ (z & (x ^ y));
    default: return x ^ (y | ~z);
  }
}

/* One step of a line: a takes the new value and c turns; the next step has their names moved by one. The empty
 * instruction keeps clang from adding what is long known after the mix, which is on the critical path, and from running
 * one line after the other: 108 instead of 220 ns for a block. */
INLINE void step(int group, uint32_t *a, uint32_t b, uint32_t *c, uint32_t d, uint32_t e, uint32_t added, int shift) {
  added += *a;
  __asm__ volatile("" : "+r"(added));
  *a = rotate(added + mix(group, b, *c, d), shift) + e;
  *c = rotate(*c, 10);
}

#define LEFT(t, a, b, c, d, e) \
  step((t) / 16, &a, b, &c, d, e, w[LEFT_WORD[t]] + LEFT_CONSTANT[(t) / 16], LEFT_SHIFT[t])
#define RIGHT(t, a, b, c, d, e) \
  step(4 - (t) / 16, &a, b, &c, d, e, w[RIGHT_WORD[t]] + RIGHT_CONSTANT[(t) / 16], RIGHT_SHIFT[t])

static void compress(uint32_t state[], const uint8_t block[64]) {
  uint32_t w[16];
  memcpy(w, block, sizeof w); /* little-endian, as the machine is */
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
  uint32_t f = a, g = b, h = c, i = d, j = e;
#pragma clang loop unroll(full)
  for (int t = 0; t < 80; t += 5) {
    LEFT(t, a, b, c, d, e), RIGHT(t, f, g, h, i, j);
    LEFT(t + 1, e, a, b, c, d), RIGHT(t + 1, j, f, g, h, i);
    LEFT(t + 2, d, e, a, b, c), RIGHT(t + 2, i, j, f, g, h);
    LEFT(t + 3, c, d, e, a, b), RIGHT(t + 3, h, i, j, f, g);
    LEFT(t + 4, b, c, d, e, a), RIGHT(t + 4, g, h, i, j, f);
  }
  uint32_t first = state[1] + c + i;
  state[1] = state[2] + d + j;
  state[2] = state[3] + e + f;
  state[3] = state[4] + a + g;
  state[4] = state[0] + b + h;
  state[0] = first;
}

void apus_ripemd160(uint8_t digest[20], const uint8_t *message, size_t length) {
  uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  absorb(state, compress, message, length, (uint64_t)length << 3);
  memcpy(digest, state, 20);
}
