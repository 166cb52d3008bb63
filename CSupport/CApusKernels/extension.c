// The tables of each extension and instruction set.
#include "include/apus_extension.h"

#define EXTENSION(field, name)                                                                                        \
  extern const apus_##field##_extension_kernels apus_##name##_kernels_portable, apus_##name##_kernels_avx2,           \
      apus_##name##_kernels_avx512;                                                                                   \
  const apus_##field##_extension_kernels *apus_##name##_kernels_for(apus_isa isa) {                                   \
    if (!apus_isa_supported(isa)) return 0;                                                                           \
    switch (isa) {                                                                                                    \
      case APUS_ISA_AVX512: return &apus_##name##_kernels_avx512;                                                     \
      case APUS_ISA_AVX2: return &apus_##name##_kernels_avx2;                                                         \
      default: return &apus_##name##_kernels_portable;                                                                \
    }                                                                                                                 \
  }

EXTENSION(babybear, babybear4)
EXTENSION(babybear, babybear5)
EXTENSION(goldilocks, goldilocks3)
