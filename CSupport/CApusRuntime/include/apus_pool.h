/* A persistent pool of worker threads that splits index ranges. */
#ifndef APUS_POOL_H
#define APUS_POOL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct apus_pool apus_pool;

/* Work on [begin, end); `worker` is below apus_pool_threads(pool) and unique among the calls that run at one time. */
typedef void apus_pool_fn(void *_Nullable context, size_t begin, size_t end, size_t worker);

typedef struct apus_pool_options {
  size_t threads;           /* workers including the caller; 0: one for each usable CPU */
  const int *_Nullable cpus; /* CPUs to pin the workers to, in order; NULL: not pinned */
  size_t cpu_count;         /* length of cpus; if not 0 and threads is 0, threads = cpu_count */
  uint32_t spin_microseconds; /* how long a worker spins for the next run before it sleeps, at most 50 */
} apus_pool_options;

/* NULL when threads cannot be started (errno says why). */
apus_pool *_Nullable apus_pool_create(const apus_pool_options *_Nonnull options);
void apus_pool_destroy(apus_pool *_Nullable pool);
size_t apus_pool_threads(const apus_pool *_Nonnull pool);
uint32_t apus_pool_spin_microseconds(const apus_pool *_Nonnull pool);

/* Calls `work` over [0, count) in pieces of `grain` (0 counts as 1), the last one shorter; returns when all are done.
 * The calling thread works too. Calls from several threads run one after the other; a call from inside `work` of the
 * same pool runs alone on that worker, under that worker's number. */
void apus_pool_run(apus_pool *_Nonnull pool, size_t count, size_t grain, apus_pool_fn *_Nonnull work,
                   void *_Nullable context);

#ifdef __cplusplus
}
#endif
#endif
