/* What this process may use of the machine. */
#ifndef APUS_TOPOLOGY_H
#define APUS_TOPOLOGY_H

#include <stddef.h>
#include <stdint.h>

#include "apus_nullability.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct apus_topology {
  size_t cpus_online;        /* logical CPUs of the machine */
  size_t cpus_allowed;       /* in the calling thread's affinity mask, which threads it starts inherit */
  size_t cores_allowed;      /* physical cores among them */
  double cpu_quota;          /* CPUs' worth of time granted by the cgroup (v1 or v2, smallest on the path); 0: none */
  size_t usable_threads;     /* min(cpus_allowed, ceil(quota)), at least 1: the default thread count */
  size_t numa_nodes;         /* at least 1 */
  size_t l1d_bytes, l2_bytes, l3_bytes; /* of one cache of the first allowed CPU; 0: unknown */
  size_t page_bytes, huge_page_bytes;   /* huge_page_bytes 0: the kernel has none, or does not say */
  int transparent_huge_pages; /* 0 never, 1 madvise, 2 always, -1 unknown */
  uint64_t memory_bytes;      /* of the machine, or the cgroup's limit if lower; 0: unknown */
} apus_topology;

/* Reads /proc and /sys. What is missing or makes no sense there counts as unknown. */
void apus_topology_read(apus_topology *_Nonnull out);
/* The same for a tree of files under `root` (so "" is this machine) and `allowed_count` allowed CPUs, ascending. For
 * tests with made-up machines. */
void apus_topology_read_at(const char *_Nonnull root, const int *_Nonnull allowed, size_t allowed_count,
                           apus_topology *_Nonnull out);
/* Writes up to `capacity` CPU numbers of the calling thread's affinity mask, ascending; returns how many there are (0
 * when the system does not say). */
size_t apus_topology_allowed_cpus(int *_Nonnull cpus, size_t capacity);

/* In which order threads take CPUs. Hardware threads of one core come apart as far as the order allows. */
typedef enum apus_affinity {
  APUS_AFFINITY_NONE = 0,    /* where the system puts them */
  APUS_AFFINITY_COMPACT = 1, /* one NUMA node after the other; in each, a thread of every core before second threads */
  APUS_AFFINITY_SPREAD = 2   /* NUMA nodes in turns; a thread of every core of all nodes before second threads */
} apus_affinity;

/* Writes up to `capacity` of the allowed CPUs in that order; returns how many there are, 0 for APUS_AFFINITY_NONE and
 * for a number that is none of these. To be handed to apus_pool_create as cpus. */
size_t apus_topology_cpu_order(apus_affinity affinity, int *_Nonnull cpus, size_t capacity);
/* The same for the machine under `root` and its allowed CPUs; out has room for allowed_count. */
size_t apus_topology_cpu_order_at(const char *_Nonnull root, apus_affinity affinity, const int *_Nonnull allowed,
                                  size_t allowed_count, int *_Nonnull out);

/* Processor brand string, NUL-terminated, cut to capacity; empty when the processor has none. */
void apus_topology_cpu_name(char *_Nonnull out, size_t capacity);
/* Peak resident memory of this process, in bytes. */
uint64_t apus_peak_resident_bytes(void);
/* Path of the shared library or program that holds this address, without links, NUL-terminated, cut to capacity; empty
 * when the system does not know. */
void apus_library_path(const void *_Nullable address, char *_Nonnull out, size_t capacity);
/* Monotonic clock. */
uint64_t apus_now_nanoseconds(void);

#ifdef __cplusplus
}
#endif
#endif
