/* Which core a CPU belongs to. For this room only. */
#ifndef APUS_CPU_ORDER_H
#define APUS_CPU_ORDER_H

#include <stdint.h>

/* A number that the hardware threads of one core share: the first of them, or else package and core, or else the CPU
 * itself. The upper bits keep the three kinds apart. */
uint64_t apus_core_key(const char *root, int cpu);

#endif
