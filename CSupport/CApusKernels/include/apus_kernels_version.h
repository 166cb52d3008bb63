/* The version of the library that programs link as libapus-kernels. */
#ifndef APUS_KERNELS_VERSION_H
#define APUS_KERNELS_VERSION_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define APUS_KERNELS_VERSION_MAJOR 1
#define APUS_KERNELS_VERSION_MINOR 1
#define APUS_KERNELS_VERSION_PATCH 0

/* Of the library that runs: major << 16 | minor << 8 | patch. */
uint32_t apus_kernels_version(void);

#ifdef __cplusplus
}
#endif
#endif
