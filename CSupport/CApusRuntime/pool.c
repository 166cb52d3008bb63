// The worker pool: who waits for whom, and on which word. Contract: include/apus_pool.h.
//
// Two futex words carry everything. `signal` counts runs: idle workers wait for it to change. `door` says whether a run
// is open and how many workers are inside: a worker enters only while it is open, and the caller, once no piece is
// left, closes it and waits until nobody is inside. So a run never waits for a worker that has not woken up yet.
#define _GNU_SOURCE
#include "apus_pool.h"

#include "apus_topology.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MAX_THREADS = 65536, MAX_CPU = 65535, MAX_SPIN_MICROSECONDS = 50, CACHE_LINE = 64 };

// `door`: two flags above the number of workers inside.
#define DOOR_OPEN 0x80000000u
#define DOOR_CALLER_SLEEPS 0x40000000u
#define DOOR_INSIDE 0x3fffffffu

struct worker {
  apus_pool *pool;
  size_t number;
  pthread_t thread;
};

struct apus_pool {
  size_t threads;
  uint32_t spin_microseconds;
  struct worker *workers; /* number 1 and up, at [0] and up */
  pthread_mutex_t turn;   /* held by the caller of the run under way */

  /* The run under way. Written while the door is closed and nobody is inside. */
  apus_pool_fn *work;
  void *context;
  size_t count, grain, pieces;

  /* Each word that threads write during a run has a cache line of its own. */
  _Alignas(CACHE_LINE) _Atomic size_t next_piece;
  _Alignas(CACHE_LINE) _Atomic uint32_t door;
  _Alignas(CACHE_LINE) _Atomic uint32_t signal;
  _Atomic uint32_t sleepers; /* workers that sleep on `signal`, or are about to */
  atomic_bool stopping;
};

/* The runs that this thread is inside of, innermost first: how a nested call is told from one that has to queue. */
struct frame {
  const apus_pool *pool;
  size_t worker;
  const struct frame *outer;
};
static _Thread_local const struct frame *current_frame;

static const struct frame *frame_of(const apus_pool *pool) {
  const struct frame *frame = current_frame;
  while (frame && frame->pool != pool) frame = frame->outer;
  return frame;
}

static void futex_wait(_Atomic uint32_t *word, uint32_t expected) {
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, NULL, NULL, 0);
}

static void futex_wake(_Atomic uint32_t *word, int threads) {
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, threads, NULL, NULL, 0);
}

/* The word's value once it differs from `seen`, or `seen` after the pool's spinning time. */
static uint32_t spin(const apus_pool *pool, const _Atomic uint32_t *word, uint32_t seen) {
  uint32_t value = atomic_load_explicit(word, memory_order_acquire);
  if (value != seen || pool->spin_microseconds == 0) return value;
  const uint64_t end = apus_now_nanoseconds() + 1000u * (uint64_t)pool->spin_microseconds;
  do {
    for (int i = 0; i < 8 && value == seen; i++) { // the clock costs as much as a few pauses
      __builtin_ia32_pause();
      value = atomic_load_explicit(word, memory_order_acquire);
    }
  } while (value == seen && apus_now_nanoseconds() < end);
  return value;
}

static void work_through_pieces(apus_pool *pool, size_t worker) {
  for (;;) {
    const size_t piece = atomic_fetch_add_explicit(&pool->next_piece, 1, memory_order_relaxed);
    if (piece >= pool->pieces) return;
    const size_t begin = piece * pool->grain, left = pool->count - begin;
    pool->work(pool->context, begin, left > pool->grain ? begin + pool->grain : pool->count, worker);
  }
}

/* --- A worker's side --- */

static bool enter(apus_pool *pool) {
  uint32_t door = atomic_load_explicit(&pool->door, memory_order_relaxed);
  while (door & DOOR_OPEN)
    if (atomic_compare_exchange_weak_explicit(&pool->door, &door, door + 1, memory_order_acquire, memory_order_relaxed))
      return true;
  return false;
}

static void leave(apus_pool *pool) {
  // The caller sleeps only after closing the door, so this is the last one out.
  if (atomic_fetch_sub_explicit(&pool->door, 1, memory_order_release) == (DOOR_CALLER_SLEEPS | 1))
    futex_wake(&pool->door, 1);
}

/* Returns the signal's value once it differs from `seen`. */
static uint32_t await_signal(apus_pool *pool, uint32_t seen) {
  uint32_t value = spin(pool, &pool->signal, seen);
  while (value == seen) {
    // Sequentially consistent with announce(): either the caller sees this sleeper, or the kernel sees the new signal
    // and does not let it sleep.
    atomic_fetch_add(&pool->sleepers, 1);
    futex_wait(&pool->signal, seen);
    atomic_fetch_sub(&pool->sleepers, 1);
    value = atomic_load_explicit(&pool->signal, memory_order_acquire);
  }
  return value;
}

static void *worker_main(void *argument) {
  const struct worker *self = argument;
  apus_pool *pool = self->pool;
  const struct frame frame = {pool, self->number, NULL};
  current_frame = &frame;

  char name[16];
  snprintf(name, sizeof name, "apus-%u", (unsigned)self->number);
  pthread_setname_np(pthread_self(), name);

  uint32_t seen = 0;
  for (;;) {
    seen = await_signal(pool, seen);
    if (atomic_load_explicit(&pool->stopping, memory_order_relaxed)) return NULL;
    if (!enter(pool)) continue; // the run ended before this worker woke up
    work_through_pieces(pool, self->number);
    leave(pool);
  }
}

/* --- The caller's side --- */

/* Tells the workers that something has changed; wakes at most `wanted` of those that sleep. */
static void announce(apus_pool *pool, size_t wanted) {
  atomic_fetch_add(&pool->signal, 1);
  if (atomic_load(&pool->sleepers) > 0) futex_wake(&pool->signal, wanted < INT_MAX ? (int)wanted : INT_MAX);
}

static void close_door_and_wait(apus_pool *pool) {
  uint32_t door = atomic_fetch_and_explicit(&pool->door, ~DOOR_OPEN, memory_order_acquire) & ~DOOR_OPEN;
  while (door & DOOR_INSIDE) {
    uint32_t value = spin(pool, &pool->door, door);
    if (value == door) {
      value = atomic_fetch_or_explicit(&pool->door, DOOR_CALLER_SLEEPS, memory_order_acquire) | DOOR_CALLER_SLEEPS;
      if (value & DOOR_INSIDE) futex_wait(&pool->door, value);
      value = atomic_load_explicit(&pool->door, memory_order_acquire);
    }
    door = value;
  }
}

static void run_with_workers(apus_pool *pool, size_t count, size_t grain, size_t pieces, apus_pool_fn *work,
                             void *context) {
  pool->work = work;
  pool->context = context;
  pool->count = count;
  pool->grain = grain;
  pool->pieces = pieces;
  atomic_store_explicit(&pool->next_piece, 0, memory_order_relaxed);
  atomic_store_explicit(&pool->door, DOOR_OPEN, memory_order_release);
  announce(pool, pieces - 1);
  work_through_pieces(pool, 0);
  close_door_and_wait(pool);
}

static void run_alone(size_t count, size_t grain, apus_pool_fn *work, void *context, size_t worker) {
  size_t begin = 0;
  for (; count - begin > grain; begin += grain) work(context, begin, begin + grain, worker);
  work(context, begin, count, worker);
}

void apus_pool_run(apus_pool *pool, size_t count, size_t grain, apus_pool_fn *work, void *context) {
  if (count == 0) return;
  if (grain == 0) grain = 1;

  const struct frame *around = frame_of(pool);
  if (around) {
    run_alone(count, grain, work, context, around->worker);
    return;
  }

  pthread_mutex_lock(&pool->turn);
  const struct frame frame = {pool, 0, current_frame};
  current_frame = &frame;
  const size_t pieces = (count - 1) / grain + 1;
  if (pieces == 1 || pool->threads == 1)
    run_alone(count, grain, work, context, 0);
  else
    run_with_workers(pool, count, grain, pieces, work, context);
  current_frame = frame.outer;
  pthread_mutex_unlock(&pool->turn);
}

/* --- Life --- */

/* Starts one thread, pinned to `cpu` unless that is negative. Returns 0 or an error number. */
static int start(struct worker *worker, int cpu) {
  if (cpu < 0) return pthread_create(&worker->thread, NULL, worker_main, worker);

  cpu_set_t *set = CPU_ALLOC((size_t)cpu + 1);
  if (!set) return ENOMEM;
  const size_t size = CPU_ALLOC_SIZE((size_t)cpu + 1);
  CPU_ZERO_S(size, set);
  CPU_SET_S((size_t)cpu, size, set);

  pthread_attr_t attributes;
  int error = pthread_attr_init(&attributes);
  if (!error) {
    error = pthread_attr_setaffinity_np(&attributes, size, set);
    if (!error) error = pthread_create(&worker->thread, &attributes, worker_main, worker);
    pthread_attr_destroy(&attributes);
  }
  CPU_FREE(set);
  return error;
}

static void stop_and_free(apus_pool *pool, size_t started) {
  atomic_store_explicit(&pool->stopping, true, memory_order_relaxed);
  announce(pool, SIZE_MAX);
  for (size_t i = 0; i < started; i++) pthread_join(pool->workers[i].thread, NULL);
  pthread_mutex_destroy(&pool->turn);
  free(pool->workers);
  free(pool);
}

static bool cpus_are_valid(const apus_pool_options *options) {
  for (size_t i = 0; options->cpus && i < options->cpu_count; i++)
    if (options->cpus[i] < 0 || options->cpus[i] > MAX_CPU) return false;
  return true;
}

apus_pool *apus_pool_create(const apus_pool_options *options) {
  apus_topology topology;
  apus_topology_read(&topology);
  const bool pinned = options->cpus && options->cpu_count > 0;
  size_t threads = options->threads;
  if (threads == 0) threads = options->cpu_count ? options->cpu_count : topology.usable_threads;
  if (threads > MAX_THREADS || !cpus_are_valid(options)) {
    errno = EINVAL;
    return NULL;
  }

  apus_pool *pool = aligned_alloc(CACHE_LINE, sizeof *pool);
  struct worker *workers = calloc(threads, sizeof *workers);
  if (!pool || !workers) {
    free(pool);
    free(workers);
    errno = ENOMEM;
    return NULL;
  }
  memset(pool, 0, sizeof *pool);
  pool->threads = threads;
  pool->workers = workers;
  pthread_mutex_init(&pool->turn, NULL);
  const bool oversubscribed = threads > topology.usable_threads || (pinned && threads > options->cpu_count);
  if (!oversubscribed)
    pool->spin_microseconds =
        options->spin_microseconds < MAX_SPIN_MICROSECONDS ? options->spin_microseconds : MAX_SPIN_MICROSECONDS;

  for (size_t number = 1; number < threads; number++) {
    struct worker *worker = &workers[number - 1];
    worker->pool = pool;
    worker->number = number;
    const int error = start(worker, pinned ? options->cpus[number % options->cpu_count] : -1);
    if (error) {
      stop_and_free(pool, number - 1);
      errno = error;
      return NULL;
    }
  }
  return pool;
}

void apus_pool_destroy(apus_pool *pool) {
  if (pool) stop_and_free(pool, pool->threads - 1);
}

size_t apus_pool_threads(const apus_pool *pool) { return pool->threads; }

uint32_t apus_pool_spin_microseconds(const apus_pool *pool) { return pool->spin_microseconds; }
