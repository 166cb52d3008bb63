// Orders of CPUs: cores before their second hardware threads, nodes one by one or in turns. Files under /sys: the
// kernel's Documentation/ABI/stable/sysfs-devices-system-cpu and sysfs-devices-node. Contract: include/apus_topology.h.
#include "cpu_order.h"

#include "apus_topology.h"
#include "system_text.h"

#include <stdbool.h>
#include <stdlib.h>

uint64_t apus_core_key(const char *root, int cpu) {
  uint64_t first = 0, core = 0, package = 0;
  char *siblings = apus_system_text(root, "/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list", cpu);
  const size_t count = siblings ? apus_system_list(siblings, &first) : 0;
  free(siblings);
  if (count > 0) return first;
  if (apus_system_number_in(&core, root, "/sys/devices/system/cpu/cpu%d/topology/core_id", cpu) &&
      apus_system_number_in(&package, root, "/sys/devices/system/cpu/cpu%d/topology/physical_package_id", cpu))
    return (uint64_t)1 << 62 | (package & 0x3fffffff) << 32 | (core & 0xffffffff);
  return (uint64_t)1 << 63 | (uint64_t)cpu;
}

struct place {
  int cpu;
  uint64_t node, core;
  size_t sibling; /* how many of its core's threads come before it */
  size_t rank;    /* of its core in its node */
};

#define COMPARE(MEMBER) \
  if (x->MEMBER != y->MEMBER) return x->MEMBER < y->MEMBER ? -1 : 1

static int by_core(const void *a, const void *b) {
  const struct place *x = a, *y = b;
  COMPARE(node);
  COMPARE(core);
  COMPARE(cpu);
  return 0;
}

static int compact(const void *a, const void *b) {
  const struct place *x = a, *y = b;
  COMPARE(node);
  COMPARE(sibling);
  COMPARE(rank);
  return 0;
}

static int spread(const void *a, const void *b) {
  const struct place *x = a, *y = b;
  COMPARE(sibling);
  COMPARE(rank);
  COMPARE(node);
  return 0;
}

/* A CPU that no node's list has is on node 0, like all of a machine that tells of no nodes. */
static void find_nodes(const char *root, struct place *places, size_t count) {
  enum { MAX_NODES = 1024 };
  char *online = apus_system_text(root, "/sys/devices/system/node/online");
  for (int node = 0; online && node < MAX_NODES; node++) {
    if (!apus_system_list_has(online, (uint64_t)node)) continue;
    char *cpus = apus_system_text(root, "/sys/devices/system/node/node%d/cpulist", node);
    for (size_t i = 0; cpus && i < count; i++)
      if (apus_system_list_has(cpus, (uint64_t)places[i].cpu)) places[i].node = (uint64_t)node;
    free(cpus);
  }
  free(online);
}

/* `places` is sorted by core. */
static void count_within(struct place *places, size_t count) {
  for (size_t i = 1; i < count; i++) {
    const struct place *before = &places[i - 1];
    struct place *place = &places[i];
    if (place->node != before->node) continue;
    const bool same_core = place->core == before->core;
    place->sibling = same_core ? before->sibling + 1 : 0;
    place->rank = before->rank + !same_core;
  }
}

size_t apus_topology_cpu_order_at(const char *root, apus_affinity affinity, const int *allowed, size_t allowed_count,
                                  int *out) {
  if (affinity != APUS_AFFINITY_COMPACT && affinity != APUS_AFFINITY_SPREAD) return 0;
  struct place *places = calloc(allowed_count ? allowed_count : 1, sizeof *places);
  if (!places) return 0;
  for (size_t i = 0; i < allowed_count; i++)
    places[i] = (struct place){.cpu = allowed[i], .core = apus_core_key(root, allowed[i])};
  find_nodes(root, places, allowed_count);
  qsort(places, allowed_count, sizeof *places, by_core);
  count_within(places, allowed_count);
  qsort(places, allowed_count, sizeof *places, affinity == APUS_AFFINITY_COMPACT ? compact : spread);
  for (size_t i = 0; i < allowed_count; i++) out[i] = places[i].cpu;
  free(places);
  return allowed_count;
}

size_t apus_topology_cpu_order(apus_affinity affinity, int *cpus, size_t capacity) {
  int none = 0;
  const size_t count = apus_topology_allowed_cpus(&none, 0);
  int *allowed = calloc(count ? count : 1, sizeof *allowed), *order = calloc(count ? count : 1, sizeof *order);
  const size_t written = allowed && order ? apus_topology_allowed_cpus(allowed, count) : 0;
  const size_t found =
      written > 0 ? apus_topology_cpu_order_at("", affinity, allowed, written < count ? written : count, order) : 0;
  for (size_t i = 0; i < found && i < capacity; i++) cpus[i] = order[i];
  free(allowed);
  free(order);
  return found;
}
