/* Cycle counting: perf_event_open(2), and what stands in for it. */
#include "apus_cycles.h"

#include <linux/perf_event.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <x86intrin.h>

int apus_cycles_open(void) {
  struct perf_event_attr event;
  memset(&event, 0, sizeof event);
  event.type = PERF_TYPE_HARDWARE;
  event.size = sizeof event;
  event.config = PERF_COUNT_HW_CPU_CYCLES;
  event.exclude_kernel = 1;
  event.exclude_hv = 1;
  event.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
  return (int)syscall(SYS_perf_event_open, &event, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

void apus_cycles_close(int counter) {
  if (counter >= 0) close(counter);
}

uint64_t apus_cycles_read(int counter) {
  struct {
    uint64_t value, enabled, running;
  } reading;
  if (counter < 0 || read(counter, &reading, sizeof reading) != sizeof reading || reading.running == 0) return 0;
  if (reading.running == reading.enabled) return reading.value;
  return (uint64_t)((double)reading.value * (double)reading.enabled / (double)reading.running);
}

uint64_t apus_time_stamp(void) {
  unsigned processor;
  uint64_t now = __rdtscp(&processor); /* waits for what comes before, ... */
  _mm_lfence();                        /* ... and what comes after waits for it */
  return now;
}

void apus_spend_cycles(uint64_t count) {
  uint64_t sum = 0;
  /* Adding a register: processors fold chains of added constants into less than a cycle each. */
  uint64_t one = 1;
  for (uint64_t i = 0; i < count; i += 16)
    __asm__ volatile(".rept 16\n\tadd %1, %0\n\t.endr" : "+r"(sum) : "r"(one) : "cc");
}
