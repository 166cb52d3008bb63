// The processor's name for itself, from cpuid. Contract: include/apus_processor.h. Numbers: Intel's Software
// Developer's Manual, volume 2A, CPUID; AMD counts the same way.
#include "apus_processor.h"

#include "apus_topology.h"

#include <cpuid.h>
#include <stdio.h>
#include <string.h>

static void read_model(uint32_t signature, apus_processor *out) {
  const uint32_t family = signature >> 8 & 0xf, model = signature >> 4 & 0xf;
  out->stepping = signature & 0xf;
  out->family = family == 0xf ? family + (signature >> 20 & 0xff) : family;
  out->model = family == 0xf || family == 6 ? model | (signature >> 16 & 0xf) << 4 : model;
}

/* Bits of leaf 7, as the processor has them: whether the system saves the registers is no matter of the processor. */
static void read_features(uint32_t b, uint32_t c, apus_processor *out) {
  static const struct {
    const char *name;
    unsigned in_c, bit;
  } known[] = {
      {"avx2", 0, 5},      {"bmi2", 0, 8},      {"avx512f", 0, 16},    {"avx512dq", 0, 17},
      {"avx512cd", 0, 28}, {"avx512bw", 0, 30}, {"avx512vl", 0, 31},   {"avx512ifma", 0, 21},
      {"sha", 0, 29},      {"gfni", 1, 8},      {"avx512vbmi", 1, 1}, {"vaes", 1, 9},
  };
  size_t length = 0;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if ((known[i].in_c ? c : b) >> known[i].bit & 1)
      length += (size_t)snprintf(out->features + length, sizeof out->features - length, "%s%s", length ? " " : "",
                                 known[i].name);
}

void apus_processor_read(apus_processor *out) {
  memset(out, 0, sizeof *out);
  unsigned a, b, c, d;
  if (__get_cpuid(0, &a, &b, &c, &d)) {
    const uint32_t letters[3] = {b, d, c};
    memcpy(out->vendor, letters, sizeof letters);
  }
  if (__get_cpuid(1, &a, &b, &c, &d)) read_model(a, out);
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d)) read_features(b, c, out);

  apus_topology topology;
  apus_topology_read(&topology);
  out->cpus = (uint32_t)topology.cpus_allowed;
  out->cores = (uint32_t)topology.cores_allowed;
}

int apus_processor_equal(const apus_processor *a, const apus_processor *b) {
  return strcmp(a->vendor, b->vendor) == 0 && strcmp(a->features, b->features) == 0 && a->family == b->family &&
         a->model == b->model && a->stepping == b->stepping && a->cpus == b->cpus && a->cores == b->cores;
}
