// Which instruction sets this machine runs: cpuid for the processor, xgetbv for the registers the system saves.
#include "include/apus_isa.h"

#include <cpuid.h>

enum { BIT_OSXSAVE = 1u << 27, BIT_AVX2 = 1u << 5, BIT_BMI2 = 1u << 8, BIT_SSSE3 = 1u << 9, BIT_SSE41 = 1u << 19 };
enum {
  BITS_AVX512 = (1u << 16) | (1u << 17) | (1u << 28) | (1u << 30) | (1u << 31), /* F, DQ, CD, BW, VL */
  XCR0_AVX = 0x6,
  XCR0_AVX512 = 0xe6,
};

static uint64_t saved_registers(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & BIT_OSXSAVE)) return 0;
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t)high << 32 | low;
}

int apus_isa_supported(apus_isa isa) {
  if (isa == APUS_ISA_PORTABLE) return 1;
  unsigned a, b, c, d;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
  uint64_t saved = saved_registers();
  int avx2 = (b & BIT_AVX2) && (b & BIT_BMI2) && (saved & XCR0_AVX) == XCR0_AVX;
  if (isa == APUS_ISA_AVX2) return avx2;
  if (isa == APUS_ISA_AVX512)
    return avx2 && (b & BITS_AVX512) == BITS_AVX512 && (saved & XCR0_AVX512) == XCR0_AVX512;
  return 0;
}

uint32_t apus_features(void) {
  unsigned a, b, c, d, a1, b1, c1, d1;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !__get_cpuid(1, &a1, &b1, &c1, &d1)) return 0;
  uint32_t features = 0;
  if ((b & (1u << 29)) && (c1 & BIT_SSSE3) && (c1 & BIT_SSE41)) features |= APUS_FEATURE_SHA;
  if (apus_isa_supported(APUS_ISA_AVX512)) {
    if (b & (1u << 21)) features |= APUS_FEATURE_AVX512_IFMA;
    if (c & (1u << 1)) features |= APUS_FEATURE_AVX512_VBMI;
    if (c & (1u << 8)) features |= APUS_FEATURE_GFNI;
    if (c & (1u << 9)) features |= APUS_FEATURE_VAES;
  }
  return features;
}
