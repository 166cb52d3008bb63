// What this process may use of the machine, from the affinity mask, /proc and /sys. Files under /sys:
// the kernel's Documentation/ABI/stable/sysfs-devices-system-cpu. Contract: include/apus_topology.h.
#define _GNU_SOURCE
#include "apus_topology.h"

#include "cgroup.h"
#include "cpu_order.h"
#include "system_text.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_CPUS = 1 << 20 };

size_t apus_topology_allowed_cpus(int *cpus, size_t capacity) {
  // The kernel refuses a set smaller than its own, whose size it does not tell.
  for (size_t bits = 1024; bits <= MAX_CPUS; bits *= 2) {
    cpu_set_t *set = CPU_ALLOC(bits);
    if (!set) return 0;
    const size_t size = CPU_ALLOC_SIZE(bits);
    CPU_ZERO_S(size, set);
    const int refused = sched_getaffinity(0, size, set);
    const int error = errno;
    size_t count = 0;
    for (size_t cpu = 0; !refused && cpu < bits; cpu++)
      if (CPU_ISSET_S(cpu, size, set) && count++ < capacity) cpus[count - 1] = (int)cpu;
    CPU_FREE(set);
    if (!refused) return count;
    if (error != EINVAL) return 0;
  }
  return 0;
}

static int compare_keys(const void *a, const void *b) {
  const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static size_t count_cores(const char *root, const int *cpus, size_t count) {
  uint64_t *keys = calloc(count ? count : 1, sizeof *keys);
  if (!keys) return count;
  for (size_t i = 0; i < count; i++) keys[i] = apus_core_key(root, cpus[i]);
  qsort(keys, count, sizeof *keys, compare_keys);
  size_t cores = 0;
  for (size_t i = 0; i < count; i++) cores += i == 0 || keys[i] != keys[i - 1];
  free(keys);
  return cores;
}

static size_t list_length(const char *root, const char *path) {
  char *text = apus_system_text(root, "%s", path);
  const size_t length = text ? apus_system_list(text, NULL) : 0;
  free(text);
  return length;
}

/* "48K" and the like. 0: not a size. */
static size_t parse_size(const char *text) {
  uint64_t number;
  if (!apus_system_number(&text, &number)) return 0;
  const int shift = *text == 'K' ? 10 : *text == 'M' ? 20 : *text == 'G' ? 30 : 0;
  return number <= SIZE_MAX >> shift ? (size_t)number << shift : 0;
}

static void read_caches(const char *root, int cpu, apus_topology *out) {
  size_t *const sizes[] = {NULL, &out->l1d_bytes, &out->l2_bytes, &out->l3_bytes};
  for (int index = 0; index < 16; index++) {
    static const char directory[] = "/sys/devices/system/cpu/cpu%d/cache/index%d/%s";
    char *type = apus_system_text(root, directory, cpu, index, "type");
    char *size = apus_system_text(root, directory, cpu, index, "size");
    uint64_t level = 0;
    if (type && size && strncmp(type, "Instruction", 11) != 0 &&
        apus_system_number_in(&level, root, directory, cpu, index, "level") && level >= 1 && level <= 3)
      *sizes[level] = parse_size(size);
    free(type);
    free(size);
  }
}

/* "always [madvise] never": the one in brackets is in force. */
static int read_transparent_huge_pages(const char *root) {
  char *text = apus_system_text(root, "/sys/kernel/mm/transparent_hugepage/enabled");
  int mode = -1;
  if (text && strstr(text, "[never]")) mode = 0;
  if (text && strstr(text, "[madvise]")) mode = 1;
  if (text && strstr(text, "[always]")) mode = 2;
  free(text);
  return mode;
}

static uint64_t read_machine_memory(const char *root) {
  char *text = apus_system_text(root, "/proc/meminfo");
  const char *at = text ? strstr(text, "MemTotal:") : NULL;
  uint64_t kib = 0;
  if (at) {
    at += strlen("MemTotal:");
    if (!apus_system_number(&at, &kib) || kib > UINT64_MAX >> 10) kib = 0;
  }
  free(text);
  return kib << 10;
}

/* min(allowed, ceil(quota)), at least 1. */
static size_t count_usable(size_t allowed, double quota) {
  if (quota > 0 && quota < (double)allowed) {
    const size_t whole = (size_t)quota;
    allowed = whole + ((double)whole < quota);
  }
  return allowed > 0 ? allowed : 1;
}

void apus_topology_read_at(const char *root, const int *allowed, size_t allowed_count, apus_topology *out) {
  *out = (apus_topology){0};
  const apus_cgroup_limits limits = apus_cgroup_read(root);
  uint64_t huge_page = 0;

  out->cpus_online = list_length(root, "/sys/devices/system/cpu/online");
  if (out->cpus_online < allowed_count) out->cpus_online = allowed_count;
  out->cpus_allowed = allowed_count;
  out->cores_allowed = count_cores(root, allowed, allowed_count);
  out->cpu_quota = limits.cpus;
  out->usable_threads = count_usable(allowed_count, limits.cpus);
  out->numa_nodes = list_length(root, "/sys/devices/system/node/online");
  if (out->numa_nodes == 0) out->numa_nodes = 1;
  read_caches(root, allowed_count > 0 ? allowed[0] : 0, out);
  out->page_bytes = (size_t)sysconf(_SC_PAGESIZE);
  if (apus_system_number_in(&huge_page, root, "/sys/kernel/mm/transparent_hugepage/hpage_pmd_size"))
    out->huge_page_bytes = huge_page;
  out->transparent_huge_pages = read_transparent_huge_pages(root);
  out->memory_bytes = read_machine_memory(root);
  if (limits.memory_bytes > 0 && (out->memory_bytes == 0 || limits.memory_bytes < out->memory_bytes))
    out->memory_bytes = limits.memory_bytes;
}

void apus_topology_read(apus_topology *out) {
  int none = 0;
  const size_t count = apus_topology_allowed_cpus(&none, 0);
  int *cpus = calloc(count ? count : 1, sizeof *cpus);
  const size_t written = cpus ? apus_topology_allowed_cpus(cpus, count) : 0;
  apus_topology_read_at("", cpus ? cpus : &none, written < count ? written : count, out);
  free(cpus);
}
