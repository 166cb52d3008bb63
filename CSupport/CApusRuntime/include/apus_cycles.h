/* Core cycles: counted by the processor where the system permits it, else derived from the time stamp counter. */
#ifndef APUS_CYCLES_H
#define APUS_CYCLES_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A counter of core cycles in user mode of the calling thread, to be read by that thread; -1, with the reason in errno,
 * where the system has none or permits none. */
int apus_cycles_open(void);
void apus_cycles_close(int counter);
/* Cycles since the counter was opened; 0 if it cannot be read. Scaled up if the system lent the counter to others. */
uint64_t apus_cycles_read(int counter);

/* The time stamp counter, which ticks at a rate of its own. */
uint64_t apus_time_stamp(void);
/* Works for `count` core cycles: so many additions, each of which needs the one before. */
void apus_spend_cycles(uint64_t count);

#ifdef __cplusplus
}
#endif
#endif
