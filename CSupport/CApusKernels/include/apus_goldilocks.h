/* Goldilocks, p = 2^64 - 2^32 + 1, over whole columns.
 *
 * A Goldilocks word is the canonical integer in [0, p), in and out.
 * An output may be the same array as an input but must not overlap it otherwise. n is any; kernels handle the last
 * partial vector, callers need no padding and no alignment. */
#ifndef APUS_GOLDILOCKS_H
#define APUS_GOLDILOCKS_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#ifdef __cplusplus
extern "C" {
#endif

#define APUS_GOLDILOCKS_P 0xffffffff00000001ull
/* 2^64 - p, which is 2^64 modulo p. */
#define APUS_GOLDILOCKS_EPSILON 0xffffffffull

typedef struct apus_goldilocks_kernels {
  /* out[i] = a[i] + b[i], a[i] - b[i], a[i] * b[i] for 0 <= i < n; words in [0, p). */
  void (*add)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n);
  void (*sub)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n);
  void (*mul)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n);
  /* out[i] = s * a[i]. */
  void (*scale)(uint64_t *out, const uint64_t *a, uint64_t s, size_t n);
  /* out[i] = a[i] * b[i] + c[i]. */
  void (*mul_add)(uint64_t *out, const uint64_t *a, const uint64_t *b, const uint64_t *c, size_t n);
  /* out[i] = a[i]^-1, and 0 where a[i] = 0. scratch holds n words and overlaps neither. */
  void (*batch_inverse)(uint64_t *out, const uint64_t *a, uint64_t *scratch, size_t n);
  /* out[i] = first * ratio^i. */
  void (*powers)(uint64_t *out, uint64_t first, uint64_t ratio, size_t n);
  /* out[i] = in[i] mod p; in: any 64-bit words. */
  void (*reduce)(uint64_t *out, const uint64_t *in, size_t n);
} apus_goldilocks_kernels;

/* NULL if this machine does not run the set. */
const apus_goldilocks_kernels *apus_goldilocks_kernels_for(apus_isa isa);

#ifdef __cplusplus
}
#endif
#endif
