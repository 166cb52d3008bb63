/* Instruction sets that a kernel table exists for, and which of them this machine runs. */
#ifndef APUS_ISA_H
#define APUS_ISA_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum apus_isa {
  APUS_ISA_PORTABLE = 0, /* any x86-64 */
  APUS_ISA_AVX2 = 1,     /* AVX2 and BMI2 */
  APUS_ISA_AVX512 = 2,   /* AVX-512 F, BW, CD, DQ and VL, and what AVX2 has */
} apus_isa;

/* 1 if the processor has the set and the system saves its registers (cpuid and xgetbv), else 0. */
int apus_isa_supported(apus_isa isa);

/* Features beyond a level that single kernels use where present. */
typedef enum apus_feature {
  APUS_FEATURE_SHA = 1u << 0,
  APUS_FEATURE_AVX512_IFMA = 1u << 1,
  APUS_FEATURE_AVX512_VBMI = 1u << 2,
  APUS_FEATURE_GFNI = 1u << 3,
  APUS_FEATURE_VAES = 1u << 4,
} apus_feature;

/* The apus_feature bits that this machine has. */
uint32_t apus_features(void);

#ifdef __cplusplus
}
#endif
#endif
