// The Poseidon2 tables of each instruction set, and which permutes one state.
#include "include/apus_poseidon2.h"

#include "poseidon2_one.h"

/* name_kernels_for, over the tables name_kernels_portable, name_kernels_avx2, name_kernels_avx512. */
#define GETTER(type, name)                                                                                    \
  extern const type name##_kernels_portable, name##_kernels_avx2, name##_kernels_avx512;                      \
  const type *name##_kernels_for(apus_isa isa) {                                                              \
    if (!apus_isa_supported(isa)) return NULL;                                                                \
    switch (isa) {                                                                                            \
      case APUS_ISA_PORTABLE: return &name##_kernels_portable;                                                \
      case APUS_ISA_AVX2: return &name##_kernels_avx2;                                                        \
      case APUS_ISA_AVX512: return &name##_kernels_avx512;                                                    \
    }                                                                                                         \
    return NULL;                                                                                              \
  }

GETTER(apus_poseidon2_babybear_kernels, apus_poseidon2_babybear16)
GETTER(apus_poseidon2_babybear_kernels, apus_poseidon2_babybear24)
GETTER(apus_hash_kernels, apus_poseidon2_babybear_hash)
GETTER(apus_hash_kernels, apus_poseidon2_babybear_wide_hash)

GETTER(apus_poseidon2_goldilocks_kernels, apus_poseidon2_goldilocks8)
GETTER(apus_poseidon2_goldilocks_kernels, apus_poseidon2_goldilocks12)
GETTER(apus_poseidon2_goldilocks_hash_kernels, apus_poseidon2_goldilocks_hash)
GETTER(apus_poseidon2_goldilocks_hash_kernels, apus_poseidon2_goldilocks_wide_hash)

/* One load and a branch more than a call: apus_isa_supported reads the processor once. */
void apus_poseidon2_babybear16(uint32_t state[16]) {
  if (apus_isa_supported(APUS_ISA_AVX2))
    apus_poseidon2_babybear16_one_avx2(state);
  else
    apus_poseidon2_babybear16_one_portable(state);
}
void apus_poseidon2_babybear24(uint32_t state[24]) {
  if (apus_isa_supported(APUS_ISA_AVX2))
    apus_poseidon2_babybear24_one_avx2(state);
  else
    apus_poseidon2_babybear24_one_portable(state);
}
