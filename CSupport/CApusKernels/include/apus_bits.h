/* Columns of zeros and ones, as bits. */
#ifndef APUS_BITS_H
#define APUS_BITS_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Words that 16 packed words hold, one bit of each. */
#define APUS_BITS_BLOCK 512

typedef struct apus_bits_kernels {
  /* Words are zero or a field's one: `one` for 64-bit words; for 32-bit words, the word itself in both of its halves. n
   * counts 32-bit words, any number of them, and 64-bit words are two each. `bits` has 16 words for each
   * APUS_BITS_BLOCK words or part of them; how they lie there is the same on every instruction set. Nothing overlaps. */

  /* 1 if the words are all zero or one, and then `bits` holds them; else 0, and `bits` holds anything. */
  int (*pack)(uint32_t *bits, const uint32_t *words, uint64_t one, size_t n);
  /* The words that were packed. */
  void (*unpack)(uint32_t *words, const uint32_t *bits, uint64_t one, size_t n);
} apus_bits_kernels;

/* NULL if this machine does not run the set. */
const apus_bits_kernels *apus_bits_kernels_for(apus_isa isa);

#ifdef __cplusplus
}
#endif
#endif
