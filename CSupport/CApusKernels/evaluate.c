// The constraint evaluators' table of each instruction set, and their scratch layout.
#include "evaluate.h"

#define TABLE(level)                                                                                                  \
  extern apus_evaluate apus_evaluate_babybear4_##level, apus_evaluate_babybear5_##level,                              \
      apus_evaluate_goldilocks3_##level;                                                                              \
  static const apus_evaluate_kernels level = {                                                                        \
      .babybear4 = apus_evaluate_babybear4_##level,                                                                   \
      .babybear5 = apus_evaluate_babybear5_##level,                                                                   \
      .goldilocks3 = apus_evaluate_goldilocks3_##level,                                                               \
  };
TABLE(portable)
TABLE(avx2)
TABLE(avx512)

const apus_evaluate_kernels *apus_evaluate_kernels_for(apus_isa isa) {
  if (!apus_isa_supported(isa)) return 0;
  switch (isa) {
    case APUS_ISA_AVX512: return &avx512;
    case APUS_ISA_AVX2: return &avx2;
    default: return &portable;
  }
}

size_t apus_evaluate_scratch_bytes(const apus_program *program, size_t word_bytes, size_t degree) {
  size_t operands = program->register_count + program->input_count + program->constant_count;
  size_t row = degree * EVALUATE_SUM_BYTES + (EVALUATE_ASSERTED + operands) * word_bytes;
  return row * APUS_EVALUATE_BLOCK + operands * sizeof(void *);
}
