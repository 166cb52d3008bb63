// The choice of the range kernels.
#include "range_tables.h"

const apus_range_kernels *apus_range_kernels_for(apus_isa isa) {
  if (!apus_isa_supported(isa)) return NULL;
  switch (isa) {
    case APUS_ISA_PORTABLE: return &apus_range_kernels_portable;
    case APUS_ISA_AVX2: return &apus_range_kernels_avx2;
    case APUS_ISA_AVX512: return &apus_range_kernels_avx512;
  }
  return NULL;
}
