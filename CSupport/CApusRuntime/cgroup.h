/* What the control groups leave to this process. For this room only. */
#ifndef APUS_CGROUP_H
#define APUS_CGROUP_H

#include <stdint.h>

typedef struct apus_cgroup_limits {
  double cpus;           /* CPUs' worth of time; 0: no limit */
  uint64_t memory_bytes; /* 0: no limit */
} apus_cgroup_limits;

/* The smallest limits on the path from this process's group up to the root of each mounted hierarchy, v2 and v1, as
 * told by the files under `root`. */
apus_cgroup_limits apus_cgroup_read(const char *root);

#endif
