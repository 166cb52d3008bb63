// The matrix table of each instruction set.
#include "include/apus_matrix.h"

extern const apus_matrix_kernels apus_matrix_kernels_portable, apus_matrix_kernels_avx2, apus_matrix_kernels_avx512;

const apus_matrix_kernels *apus_matrix_kernels_for(apus_isa isa) {
  if (!apus_isa_supported(isa)) return 0;
  switch (isa) {
    case APUS_ISA_AVX512: return &apus_matrix_kernels_avx512;
    case APUS_ISA_AVX2: return &apus_matrix_kernels_avx2;
    default: return &apus_matrix_kernels_portable;
  }
}
