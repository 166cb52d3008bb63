/* BabyBear, p = 15 * 2^27 + 1, over whole columns; its extensions are in apus_extension.h.
 *
 * A BabyBear word is x * 2^32 mod p (Montgomery form), in [0, p).
 * Unless a contract says otherwise, an output may be the same array as an input but must not overlap it otherwise. */
#ifndef APUS_BABYBEAR_H
#define APUS_BABYBEAR_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#ifdef __cplusplus
extern "C" {
#endif

#define APUS_BABYBEAR_P 0x78000001u

typedef struct apus_babybear_kernels {
  /* out[i] = a[i] + b[i], a[i] - b[i], a[i] * b[i] for 0 <= i < n; words in [0, p); n any. */
  void (*add)(uint32_t *out, const uint32_t *a, const uint32_t *b, size_t n);
  void (*sub)(uint32_t *out, const uint32_t *a, const uint32_t *b, size_t n);
  void (*mul)(uint32_t *out, const uint32_t *a, const uint32_t *b, size_t n);
  /* out[i] = s * a[i]. */
  void (*scale)(uint32_t *out, const uint32_t *a, uint32_t s, size_t n);
  /* out[i] = a[i] * b[i] + c[i]. */
  void (*mul_add)(uint32_t *out, const uint32_t *a, const uint32_t *b, const uint32_t *c, size_t n);
  /* out[i] = a[i]^-1, and 0 where a[i] = 0. n any; scratch holds n words and overlaps neither. */
  void (*batch_inverse)(uint32_t *out, const uint32_t *a, uint32_t *scratch, size_t n);
  /* out[i] = in[i] * 2^32 mod p; in: any 32-bit words. */
  void (*to_montgomery)(uint32_t *out, const uint32_t *in, size_t n);
  /* out[i] = the canonical integer in [0, p) of in[i]. */
  void (*from_montgomery)(uint32_t *out, const uint32_t *in, size_t n);
  /* out[i] = first * ratio^i. */
  void (*powers)(uint32_t *out, uint32_t first, uint32_t ratio, size_t n);
} apus_babybear_kernels;

/* NULL if this machine does not run the set. */
const apus_babybear_kernels *apus_babybear_kernels_for(apus_isa isa);

#ifdef __cplusplus
}
#endif
#endif
