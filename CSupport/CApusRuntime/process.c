// What the processor and the kernel tell about this process: brand, peak memory, time, and where its code comes from.
// Contract: include/apus_topology.h.
#define _GNU_SOURCE
#include "apus_topology.h"

#include "system_text.h"

#include <cpuid.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

void apus_topology_cpu_name(char *out, size_t capacity) {
  if (capacity == 0) return;
  unsigned words[12] = {0};
  if (__get_cpuid_max(0x80000000, NULL) >= 0x80000004)
    for (unsigned i = 0; i < 3; i++)
      __cpuid(0x80000002 + i, words[4 * i], words[4 * i + 1], words[4 * i + 2], words[4 * i + 3]);
  char brand[sizeof words + 1] = {0};
  memcpy(brand, words, sizeof words);

  const char *name = brand + strspn(brand, " "); // some makers pad on the left, some on the right
  size_t length = strlen(name);
  while (length > 0 && name[length - 1] == ' ') length--;
  if (length >= capacity) length = capacity - 1;
  memcpy(out, name, length);
  out[length] = 0;
}

uint64_t apus_peak_resident_bytes(void) {
  // getrusage comes second: its figure outlives exec, so it may be that of the program that started this one.
  char *text = apus_system_text("", "/proc/self/status");
  const char *at = text ? strstr(text, "VmHWM:") : NULL;
  uint64_t kib = 0;
  if (at) {
    at += strlen("VmHWM:");
    apus_system_number(&at, &kib);
  }
  free(text);
  struct rusage usage;
  if (kib == 0 && getrusage(RUSAGE_SELF, &usage) == 0) kib = (uint64_t)usage.ru_maxrss;
  return kib << 10;
}

uint64_t apus_now_nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void apus_library_path(const void *address, char *out, size_t capacity) {
  if (capacity == 0) return;
  Dl_info library;
  char *path = address && dladdr(address, &library) && library.dli_fname ? realpath(library.dli_fname, NULL) : NULL;
  snprintf(out, capacity, "%s", path ? path : "");
  free(path);
}
