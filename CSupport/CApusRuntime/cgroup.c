// Limits of control groups, v1 and v2. Formats: man 7 cgroups, man 5 proc_pid_mountinfo, and the kernel's
// Documentation/admin-guide/cgroup-v2.rst and scheduler/sched-bwc.rst. Contract: cgroup.h.
#define _GNU_SOURCE
#include "cgroup.h"

#include "system_text.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One line of mountinfo: the group `group` and those below it are seen at the directory `point`. */
struct mount {
  const char *group, *point, *type, *options;
};

/* Cuts `line` into words. "36 35 98:0 /group /point options… - type source options" */
static bool parse_mount(char *line, struct mount *out) {
  char *rest = NULL, *word = strtok_r(line, " ", &rest);
  for (int i = 0; word && strcmp(word, "-") != 0; i++, word = strtok_r(NULL, " ", &rest)) {
    if (i == 3) out->group = word;
    if (i == 4) out->point = word;
  }
  out->type = strtok_r(NULL, " ", &rest);
  strtok_r(NULL, " ", &rest);
  out->options = strtok_r(NULL, " ", &rest);
  return word && out->group && out->point && out->type && out->options;
}

/* Whether `word` is in the comma-separated `list`. */
static bool lists(const char *list, size_t length, const char *word) {
  const size_t size = strlen(word);
  for (const char *at = list, *end = list + length;;) {
    const char *comma = memchr(at, ',', (size_t)(end - at));
    const size_t item = (size_t)((comma ? comma : end) - at);
    if (item == size && memcmp(at, word, size) == 0) return true;
    if (!comma) return false;
    at = comma + 1;
  }
}

/* The process's group in the hierarchy of `controller` ("": v2), to be freed. Lines are "number:controllers:/group". */
static char *own_group(const char *text, const char *controller) {
  for (const char *line = text; *line;) {
    const char *end = strchrnul(line, '\n');
    const char *controllers = memchr(line, ':', (size_t)(end - line));
    const char *group = controllers ? memchr(controllers + 1, ':', (size_t)(end - controllers - 1)) : NULL;
    if (group && lists(controllers + 1, (size_t)(group - controllers - 1), controller))
      return strndup(group + 1, (size_t)(end - group - 1));
    line = *end ? end + 1 : end;
  }
  return NULL;
}

static void lower_cpus(apus_cgroup_limits *limits, uint64_t quota, uint64_t period) {
  if (quota == 0 || period == 0) return;
  const double cpus = (double)quota / (double)period;
  if (limits->cpus == 0 || cpus < limits->cpus) limits->cpus = cpus;
}

static void lower_memory(apus_cgroup_limits *limits, uint64_t bytes) {
  const uint64_t unlimited = (uint64_t)1 << 62; // v1 writes "no limit" as the last page below 2^63
  if (bytes > 0 && bytes < unlimited && (limits->memory_bytes == 0 || bytes < limits->memory_bytes))
    limits->memory_bytes = bytes;
}

/* Reads the files of both versions: a directory has those of its own. "max" and "-1" are no numbers, so no limits. */
static void lower_to_group(apus_cgroup_limits *limits, const char *root, const char *directory) {
  uint64_t quota, period, bytes;
  char *text = apus_system_text(root, "%s/cpu.max", directory);
  const char *at = text;
  if (text && apus_system_number(&at, &quota) && apus_system_number(&at, &period)) lower_cpus(limits, quota, period);
  free(text);

  if (apus_system_number_in(&quota, root, "%s/cpu.cfs_quota_us", directory) &&
      apus_system_number_in(&period, root, "%s/cpu.cfs_period_us", directory))
    lower_cpus(limits, quota, period);

  if (apus_system_number_in(&bytes, root, "%s/memory.max", directory)) lower_memory(limits, bytes);
  if (apus_system_number_in(&bytes, root, "%s/memory.limit_in_bytes", directory)) lower_memory(limits, bytes);
}

/* From `group` up to the mount's own. A mount that does not show `group` is somebody else's. */
static void lower_along_path(apus_cgroup_limits *limits, const char *root, const struct mount *mount,
                             const char *group) {
  const size_t shown = strcmp(mount->group, "/") == 0 ? 0 : strlen(mount->group);
  if (strncmp(group, mount->group, shown) != 0 || (group[shown] != '/' && group[shown] != 0)) return;
  const char *below = group + shown;
  if (strstr(below, "/..") || strcmp(below, "/") == 0) below = ""; // outside this namespace: only the mount is in sight

  char directory[PATH_MAX];
  const int length = snprintf(directory, sizeof directory, "%s%s", mount->point, below);
  if (length < 0 || (size_t)length >= sizeof directory) return;
  lower_to_group(limits, root, directory);
  for (size_t left = strlen(below); left > 0;) { // `below` begins with a slash, so a cut never reaches the mount point
    char *slash = strrchr(directory, '/');
    left -= strlen(slash);
    *slash = 0;
    lower_to_group(limits, root, directory);
  }
}

apus_cgroup_limits apus_cgroup_read(const char *root) {
  apus_cgroup_limits limits = {0};
  char *groups = apus_system_text(root, "/proc/self/cgroup");
  char *mounts = apus_system_text(root, "/proc/self/mountinfo");
  char *rest = NULL;
  for (char *line = groups && mounts ? strtok_r(mounts, "\n", &rest) : NULL; line; line = strtok_r(NULL, "\n", &rest)) {
    struct mount mount = {0};
    if (!parse_mount(line, &mount)) continue;
    static const char *const controllers[] = {"", "cpu", "memory"};
    for (size_t i = 0; i < sizeof controllers / sizeof *controllers; i++) {
      const bool v2 = *controllers[i] == 0;
      if (strcmp(mount.type, v2 ? "cgroup2" : "cgroup") != 0) continue;
      if (!v2 && !lists(mount.options, strlen(mount.options), controllers[i])) continue;
      char *group = own_group(groups, controllers[i]);
      if (group) lower_along_path(&limits, root, &mount, group);
      free(group);
    }
  }
  free(groups);
  free(mounts);
  return limits;
}
