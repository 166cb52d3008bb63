/* Range checks of the contracts, active in builds with APUS_CHECKS. */
#ifndef APUS_CHECKS_H
#define APUS_CHECKS_H

#ifdef APUS_CHECKS
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#define APUS_CHECK(condition)                                                          \
  do {                                                                                 \
    if (!(condition)) {                                                                \
      fprintf(stderr, "%s:%d: contract broken: %s\n", __FILE__, __LINE__, #condition); \
      abort();                                                                         \
    }                                                                                  \
  } while (0)
static inline __attribute__((unused)) int apus_all_below32(const uint32_t *a, uint32_t bound, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (a[i] >= bound) return 0;
  return 1;
}
static inline __attribute__((unused)) int apus_all_below64(const uint64_t *a, uint64_t bound, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (a[i] >= bound) return 0;
  return 1;
}
#define APUS_CHECK_BELOW(array, bound, n) APUS_CHECK(apus_all_below32(array, bound, n))
#define APUS_CHECK_BELOW64(array, bound, n) APUS_CHECK(apus_all_below64(array, bound, n))
#else
#define APUS_CHECK(condition) ((void)0)
#define APUS_CHECK_BELOW(array, bound, n) ((void)0)
#define APUS_CHECK_BELOW64(array, bound, n) ((void)0)
#endif

#endif
