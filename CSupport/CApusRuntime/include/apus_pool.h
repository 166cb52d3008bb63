/* A persistent pool of worker threads that splits index ranges. */
#ifndef APUS_POOL_H
#define APUS_POOL_H

#include <stddef.h>
#include <stdint.h>

#include "apus_nullability.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct apus_pool apus_pool;

/* Work on [begin, end); `worker` is below apus_pool_threads(pool) and unique among the calls that run at one time.
 * A call must not wait for another call of the same run: nothing says that they run at the same time. */
typedef void apus_pool_fn(void *_Nullable context, size_t begin, size_t end, size_t worker);

typedef struct apus_pool_options {
  size_t threads;           /* workers including the caller, at most 65,536; 0: one for each usable CPU */
  const int *_Nullable cpus; /* CPUs to pin the pool's own threads to; NULL: not pinned */
  size_t cpu_count;         /* length of cpus; if not 0 and threads is 0, threads = cpu_count */
  uint32_t spin_microseconds; /* how long a worker spins for the next run before it sleeps; more than 50 counts as 50 */
} apus_pool_options;

/* Starts threads - 1 threads named "apus-1", "apus-2", ...; worker 0 is whoever calls apus_pool_run.
 *
 * cpus  worker w is pinned to cpus[w % cpu_count] for w > 0. The caller's own mask is never touched: cpus[0] is the
 *       place left free for it.
 * spin  0 when there are more workers than usable CPUs, or than CPUs in the list: a spinning worker would then hold the
 *       CPU that another one needs
 * NULL when threads cannot be started; errno says why (EINVAL: a CPU that does not exist or is not allowed, or too many
 * threads; EAGAIN: the system's limit on threads; ENOMEM). Nothing is left running then. */
apus_pool *_Nullable apus_pool_create(const apus_pool_options *_Nonnull options);
/* Stops and joins the threads. No run may be under way. */
void apus_pool_destroy(apus_pool *_Nullable pool);
size_t apus_pool_threads(const apus_pool *_Nonnull pool);
/* The time in force, which may be less than was asked for. */
uint32_t apus_pool_spin_microseconds(const apus_pool *_Nonnull pool);

/* Calls `work` over [0, count) in pieces of `grain` (0 counts as 1), the last one shorter; returns when all are done.
 * What the caller wrote before is visible to every piece, and what the pieces wrote is visible after the return.
 *
 * The calling thread works too. Calls from several threads run one after the other; a call from inside `work` of the
 * same pool runs alone on that worker, under that worker's number. Work may call other pools, as long as their work
 * does not call back into this one from their threads. */
void apus_pool_run(apus_pool *_Nonnull pool, size_t count, size_t grain, apus_pool_fn *_Nonnull work,
                   void *_Nullable context);

#ifdef __cplusplus
}
#endif
#endif
