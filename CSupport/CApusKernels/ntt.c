// Which transform kernels a machine runs.
#include "ntt_plan.h"

const apus_babybear_ntt_kernels *apus_babybear_ntt_kernels_for(apus_isa isa) {
  if (!apus_isa_supported(isa)) return 0;
  switch (isa) {
    case APUS_ISA_AVX512: return &apus_babybear_ntt_avx512;
    case APUS_ISA_AVX2: return &apus_babybear_ntt_avx2;
    default: return &apus_babybear_ntt_portable;
  }
}

const apus_goldilocks_ntt_kernels *apus_goldilocks_ntt_kernels_for(apus_isa isa) {
  if (!apus_isa_supported(isa)) return 0;
  switch (isa) {
    case APUS_ISA_AVX512: return &apus_goldilocks_ntt_avx512;
    case APUS_ISA_AVX2: return &apus_goldilocks_ntt_avx2;
    default: return &apus_goldilocks_ntt_portable;
  }
}
