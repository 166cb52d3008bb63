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

apus_backend_status apus_backend_create(int32_t instruction_set, size_t threads, apus_backend **backend) {
  TRY(check_not_null(backend, "backend"));
  *backend = NULL;
  if (instruction_set < APUS_BACKEND_WIDEST || instruction_set > APUS_ISA_AVX512)
    return refuse(APUS_BACKEND_UNKNOWN, "instruction set %d is unknown; known are %d to %d, and %d for the widest",
                  instruction_set, APUS_ISA_PORTABLE, APUS_ISA_AVX512, APUS_BACKEND_WIDEST);
  TRY(check_count(threads, "the number of threads", APUS_BACKEND_MOST_THREADS));
  apus_isa isa = instruction_set == APUS_BACKEND_WIDEST ? widest() : (apus_isa)instruction_set;
  if (!apus_isa_supported(isa))
    return refuse(APUS_BACKEND_UNSUPPORTED, "this machine does not run instruction set %d; it runs up to %d",
                  instruction_set, widest());

  apus_backend *created = malloc(sizeof *created);
  Memory *memory = create_memory();
  apus_pool *pool = apus_pool_create(&(apus_pool_options){.threads = threads, .spin_microseconds = 20});
  if (!created || !memory || !pool) {
    int reason = errno;
    apus_pool_destroy(pool);
    if (memory) release_memory(memory);
    free(created);
    return refuse(APUS_BACKEND_NO_RESOURCES, "the system did not give memory and %zu threads: %s", threads,
                  strerror(reason));
  }
  apus_topology topology;
  apus_topology_read(&topology);
  *created = (apus_backend){.tag = BACKEND_TAG,
                            .isa = isa,
                            .pool = pool,
                            .memory = memory,
                            .machine_bytes = topology.memory_bytes,
                            .range = apus_range_kernels_for(isa),
                            .babybear = apus_babybear_kernels_for(isa),
                            .goldilocks = apus_goldilocks_kernels_for(isa)};
  *backend = created;
  return APUS_BACKEND_OK;
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
