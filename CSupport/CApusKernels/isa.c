// Which instruction sets this machine runs: cpuid for the processor, xgetbv for the registers the system saves.
#include "include/apus_isa.h"

#include <cpuid.h>
#include <stdatomic.h>

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

enum { KNOWN = 1u << 31, SETS_SHIFT = 16 };

static uint32_t read_processor(void) {
  unsigned a, b, c, d, a1, b1, c1, d1;
  uint32_t found = KNOWN | 1u << (SETS_SHIFT + APUS_ISA_PORTABLE);
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !__get_cpuid(1, &a1, &b1, &c1, &d1)) return found;
  if ((b & (1u << 29)) && (c1 & BIT_SSSE3) && (c1 & BIT_SSE41)) found |= APUS_FEATURE_SHA;

  uint64_t saved = saved_registers();
  if (!(b & BIT_AVX2) || !(b & BIT_BMI2) || (saved & XCR0_AVX) != XCR0_AVX) return found;
  found |= 1u << (SETS_SHIFT + APUS_ISA_AVX2);
  if ((b & BITS_AVX512) != BITS_AVX512 || (saved & XCR0_AVX512) != XCR0_AVX512) return found;
  found |= 1u << (SETS_SHIFT + APUS_ISA_AVX512);
  if (b & (1u << 21)) found |= APUS_FEATURE_AVX512_IFMA;
  if (c & (1u << 1)) found |= APUS_FEATURE_AVX512_VBMI;
  if (c & (1u << 8)) found |= APUS_FEATURE_GFNI;
  if (c & (1u << 9)) found |= APUS_FEATURE_VAES;
  return found;
}

/* Sets and features, read once: cpuid traps to the hypervisor on virtual machines and takes microseconds there. Threads
 * that race here all store the same word. */
static uint32_t processor(void) {
  static _Atomic uint32_t cached;
  uint32_t found = atomic_load_explicit(&cached, memory_order_relaxed);
  if (!found) {
    found = read_processor();
    atomic_store_explicit(&cached, found, memory_order_relaxed);
  }
  return found;
}

int apus_isa_supported(apus_isa isa) {
  return (unsigned)isa <= APUS_ISA_AVX512 && processor() >> (SETS_SHIFT + isa) & 1;
}

uint32_t apus_features(void) { return processor() & ((1u << SETS_SHIFT) - 1); }
