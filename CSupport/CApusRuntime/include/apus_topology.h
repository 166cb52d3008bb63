/* What this process may use of the machine. */
#ifndef APUS_TOPOLOGY_H
#define APUS_TOPOLOGY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct apus_topology {
  size_t cpus_online;        /* logical CPUs of the machine */
  size_t cpus_allowed;       /* in this process's affinity mask */
  size_t cores_allowed;      /* physical cores among them */
  double cpu_quota;          /* CPUs' worth of time granted by the cgroup (v1 or v2, smallest on the path); 0: none */
  size_t usable_threads;     /* min(cpus_allowed, ceil(quota)), at least 1: the default thread count */
  size_t numa_nodes;
  size_t l1d_bytes, l2_bytes, l3_bytes; /* of one cache; 0: unknown */
  size_t page_bytes, huge_page_bytes;
  int transparent_huge_pages; /* 0 never, 1 madvise, 2 always, -1 unknown */
  uint64_t memory_bytes;      /* of the machine, or the cgroup's limit if lower */
} apus_topology;

void apus_topology_read(apus_topology *_Nonnull out);
/* Writes up to `capacity` CPU numbers of the affinity mask, ascending; returns how many there are. */
size_t apus_topology_allowed_cpus(int *_Nonnull cpus, size_t capacity);
/* Processor brand string, NUL-terminated, cut to capacity. */
void apus_topology_cpu_name(char *_Nonnull out, size_t capacity);
/* Peak resident memory of this process, in bytes. */
uint64_t apus_peak_resident_bytes(void);
/* Monotonic clock. */
uint64_t apus_now_nanoseconds(void);

#ifdef __cplusplus
}
#endif
#endif
