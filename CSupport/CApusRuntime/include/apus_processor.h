/* Which processor this is, and how much of it this process sees: what a tuning profile is good for. */
#ifndef APUS_PROCESSOR_H
#define APUS_PROCESSOR_H

#include <stdint.h>

#include "apus_nullability.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct apus_processor {
  char vendor[13];        /* cpuid's twelve letters, such as "GenuineIntel" */
  char features[115];     /* of those that kernels are chosen by, the ones it has: "avx2 bmi2 sha" */
  uint32_t family, model, stepping; /* with their extended parts, as /proc/cpuinfo shows them */
  uint32_t cpus, cores;   /* that the calling thread's affinity mask allows */
} apus_processor;

void apus_processor_read(apus_processor *_Nonnull out);
/* 1 if all members are equal, else 0. */
int apus_processor_equal(const apus_processor *_Nonnull a, const apus_processor *_Nonnull b);

#ifdef __cplusplus
}
#endif
#endif
