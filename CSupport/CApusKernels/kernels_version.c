/* The version as a number. */
#include "apus_kernels_version.h"

uint32_t apus_kernels_version(void) {
  return (uint32_t)APUS_KERNELS_VERSION_MAJOR << 16 | (uint32_t)APUS_KERNELS_VERSION_MINOR << 8 |
         (uint32_t)APUS_KERNELS_VERSION_PATCH;
}
