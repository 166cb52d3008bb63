// The choice of the kernels for columns of zeros and ones.
#include "bits_tables.h"

const apus_bits_kernels *apus_bits_kernels_for(apus_isa isa) {
  if (!apus_isa_supported(isa)) return NULL;
  switch (isa) {
    case APUS_ISA_PORTABLE: return &apus_bits_kernels_portable;
    case APUS_ISA_AVX2: return &apus_bits_kernels_avx2;
    case APUS_ISA_AVX512: return &apus_bits_kernels_avx512;
  }
  return NULL;
}
