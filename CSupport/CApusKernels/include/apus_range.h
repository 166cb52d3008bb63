/* Whether words from outside are in the range that the other kernels take. */
#ifndef APUS_RANGE_H
#define APUS_RANGE_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct apus_range_kernels {
  /* 1 if a[i] < bound for all 0 <= i < n, else 0; bound is not 0, n any. */
  int (*below32)(const uint32_t *a, uint32_t bound, size_t n);
  int (*below64)(const uint64_t *a, uint64_t bound, size_t n);
} apus_range_kernels;

/* NULL if this machine does not run the set. */
const apus_range_kernels *apus_range_kernels_for(apus_isa isa);

#ifdef __cplusplus
}
#endif
#endif
