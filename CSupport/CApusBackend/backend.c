// The backend: an instruction set's tables and a pool of threads.
#include "arguments.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static apus_isa widest(void) {
  apus_isa isa = APUS_ISA_AVX512;
  while (!apus_isa_supported(isa)) isa--;
  return isa;
}

static Memory *create_memory(void) {
  Memory *memory = malloc(sizeof *memory);
  if (!memory) return NULL;
  atomic_init(&memory->owners, 1);
  memory->arena = apus_arena_create();
  if (memory->arena) return memory;
  free(memory);
  return NULL;
}

void release_memory(Memory *memory) {
  if (atomic_fetch_sub(&memory->owners, 1) != 1) return;
  apus_arena_destroy(memory->arena);
  free(memory);
}

/* A pool as the tuning says; `threads` wins over it unless 0. NULL, and errno says why. */
static apus_pool *create_pool(const apus_tuning *tuning, size_t threads, size_t usable) {
  int32_t wanted = apus_tuning_get(tuning, APUS_KNOB_THREADS);
  /* A profile does not know of a quota that came later; a number that the caller asks for is taken as it is. */
  if (threads == 0) threads = wanted > 0 && (size_t)wanted < usable ? (size_t)wanted : usable;
  apus_affinity affinity = (apus_affinity)apus_tuning_get(tuning, APUS_KNOB_AFFINITY);
  int first;
  size_t cpu_count = apus_topology_cpu_order(affinity, &first, 0);
  int *cpus = malloc((cpu_count ? cpu_count : 1) * sizeof *cpus);
  if (!cpus) return NULL;
  size_t known = apus_topology_cpu_order(affinity, cpus, cpu_count);
  apus_pool *pool = apus_pool_create(&(apus_pool_options){
      .threads = threads,
      .cpus = cpu_count ? cpus : NULL,
      .cpu_count = known < cpu_count ? known : cpu_count,
      .spin_microseconds = (uint32_t)apus_tuning_get(tuning, APUS_KNOB_SPIN_MICROSECONDS)});
  int reason = errno;
  free(cpus);
  errno = reason;
  return pool;
}

static apus_backend_status create(const apus_tuning *tuning, int32_t instruction_set, size_t threads,
                                  apus_backend **backend) {
  if (instruction_set < APUS_BACKEND_WIDEST || instruction_set > APUS_ISA_AVX512)
    return refuse(APUS_BACKEND_UNKNOWN, "instruction set %d is unknown; known are %d to %d, and %d for the widest",
                  instruction_set, APUS_ISA_PORTABLE, APUS_ISA_AVX512, APUS_BACKEND_WIDEST);
  TRY(check_count(threads, "the number of threads", APUS_BACKEND_MOST_THREADS));
  apus_isa isa = instruction_set == APUS_BACKEND_WIDEST ? widest() : (apus_isa)instruction_set;
  if (!apus_isa_supported(isa))
    return refuse(APUS_BACKEND_UNSUPPORTED, "this machine does not run instruction set %d; it runs up to %d",
                  instruction_set, widest());

  apus_topology topology;
  apus_topology_read(&topology);
  apus_backend *created = malloc(sizeof *created);
  Memory *memory = create_memory();
  apus_pool *pool = create_pool(tuning, threads, topology.usable_threads);
  if (!created || !memory || !pool) {
    int reason = errno;
    apus_pool_destroy(pool);
    if (memory) release_memory(memory);
    free(created);
    return refuse(APUS_BACKEND_NO_RESOURCES, "the system did not give memory and %zu threads: %s", threads,
                  strerror(reason));
  }
  apus_arena_set_huge_pages(memory->arena, apus_tuning_get(tuning, APUS_KNOB_HUGE_PAGES));
  *created = (apus_backend){
      .tag = BACKEND_TAG,
      .isa = isa,
      .pool = pool,
      .memory = memory,
      .machine_bytes = topology.memory_bytes,
      .subtree_log = (unsigned)__builtin_ctz((unsigned)apus_tuning_get(tuning, APUS_KNOB_SUBTREE_LEAVES)),
      .range = apus_range_kernels_for(isa),
      .babybear = apus_babybear_kernels_for(isa),
      .goldilocks = apus_goldilocks_kernels_for(isa)};
  *backend = created;
  return APUS_BACKEND_OK;
}

apus_backend_status apus_backend_create(int32_t instruction_set, size_t threads, apus_backend **backend) {
  TRY(check_not_null(backend, "backend"));
  *backend = NULL;
  apus_tuning tuning;
  apus_tuning_reset(&tuning);
  return create(&tuning, instruction_set, threads, backend);
}

apus_backend_status apus_backend_create_tuned(const char *profile, int32_t instruction_set, size_t threads,
                                              apus_backend **backend) {
  TRY(check_not_null(backend, "backend"));
  *backend = NULL;
  TRY(check_not_null(profile, "profile"));
  apus_tuning tuning;
  apus_tuning_error error;
  apus_tuning_status status = apus_tuning_read(profile, &tuning, &error);
  if (status == APUS_TUNING_OTHER_PROCESSOR)
    return refuse(APUS_BACKEND_OTHER_PROCESSOR, "the tuning profile is not for this machine: %s", error.message);
  if (status != APUS_TUNING_OK)
    return refuse(APUS_BACKEND_PROFILE, "the tuning profile cannot be used: byte %zu: %s", error.position,
                  error.message);
  return create(&tuning, instruction_set, threads, backend);
}

void apus_backend_destroy(apus_backend *backend) {
  if (check_handle(backend, "backend", BACKEND_TAG) != APUS_BACKEND_OK) return;
  backend->tag = 0;
  apus_pool_destroy(backend->pool);
  release_memory(backend->memory);
  free(backend);
}

int32_t apus_backend_instruction_set(const apus_backend *backend) {
  return check_handle(backend, "backend", BACKEND_TAG) == APUS_BACKEND_OK ? (int32_t)backend->isa : -1;
}

size_t apus_backend_threads(const apus_backend *backend) {
  return check_handle(backend, "backend", BACKEND_TAG) == APUS_BACKEND_OK ? apus_pool_threads(backend->pool) : 0;
}
