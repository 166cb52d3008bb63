// What SHA-1 and RIPEMD-160 share: blocks of 64 bytes, and the padding that ends with the length in bits.
#ifndef APUS_MD_PADDING_H
#define APUS_MD_PADDING_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The builtin stays one instruction where clang would take shifts apart and add them up. */
static inline uint32_t rotate(uint32_t x, unsigned k) { return __builtin_rotateleft32(x, k); }

/* Compresses the padded message into state. length_field: the last eight bytes of the padding, as they lie in memory. */
static inline void absorb(uint32_t state[], void (*compress)(uint32_t state[], const uint8_t block[64]),
                          const uint8_t *message, size_t length, uint64_t length_field) {
  size_t whole = length / 64 * 64;
  for (size_t at = 0; at < whole; at += 64) compress(state, message + at);
  uint8_t last[128] = {0};
  size_t left = length - whole, padded = left + 9 <= 64 ? 64 : 128;
  if (left) memcpy(last, message + whole, left);
  last[left] = 0x80;
  memcpy(last + padded - 8, &length_field, 8);
  for (size_t at = 0; at < padded; at += 64) compress(state, last + at);
}

#endif
