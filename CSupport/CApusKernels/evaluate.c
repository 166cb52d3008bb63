// The constraint evaluator's table of each instruction set, and its scratch layout.
#include "include/apus_evaluate.h"

extern const apus_evaluate_kernels apus_evaluate_kernels_portable, apus_evaluate_kernels_avx2,
    apus_evaluate_kernels_avx512;

const apus_evaluate_kernels *apus_evaluate_kernels_for(apus_isa isa) {
  if (!apus_isa_supported(isa)) return 0;
  switch (isa) {
    case APUS_ISA_AVX512: return &apus_evaluate_kernels_avx512;
    case APUS_ISA_AVX2: return &apus_evaluate_kernels_avx2;
    default: return &apus_evaluate_kernels_portable;
  }
}

size_t apus_evaluate_scratch_words(const apus_program *program) {
  size_t operands = program->register_count + program->input_count + program->constant_count;
  size_t pointers = operands * sizeof(void *) / sizeof(uint32_t);
  return (operands + 5) * APUS_EVALUATE_BLOCK + pointers;
}
