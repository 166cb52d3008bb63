// Exercises the pool and the arena for the sanitizers; a few seconds at most, exit status 0 when all is well.
//
//   clang -fsanitize=address,undefined -fno-sanitize-recover=all -g -O1 -I CSupport/CApusRuntime/include \
//     .ci/sanitize/runtime_harness.c CSupport/CApusRuntime/*.c -lpthread -o runtime_harness && ./runtime_harness
//
// and the same with -fsanitize=thread, where the clang of a Swift toolchain also needs
//   -L $SWIFT/usr/lib/swift/linux -ldispatch -lBlocksRuntime -Wl,-rpath,$SWIFT/usr/lib/swift/linux
//
// Counters are plain words on purpose: two workers that are given one piece, or one number, are a data race for
// ThreadSanitizer and a wrong count for everybody else.
#include "CApusRuntime.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REQUIRE(condition) \
  ((condition) ? (void)0 : (fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition), exit(1)))

static apus_pool *make_pool(size_t threads, uint32_t spin) {
  apus_pool *pool = apus_pool_create(&(apus_pool_options){.threads = threads, .spin_microseconds = spin});
  REQUIRE(pool && apus_pool_threads(pool) == threads);
  return pool;
}

/* --- Every index once --- */

enum { MOST_THREADS = 9, MOST_INDICES = 3000 };

struct cover {
  apus_pool *pool;
  size_t grain, threads;
  unsigned times[MOST_INDICES];
  size_t calls[MOST_THREADS];
};

static void cover(void *context, size_t begin, size_t end, size_t worker) {
  struct cover *state = context;
  REQUIRE(begin < end && end - begin <= state->grain && begin % state->grain == 0 && worker < state->threads);
  state->calls[worker]++;
  for (size_t i = begin; i < end; i++) state->times[i]++;
}

static void check_cover(struct cover *state, size_t count) {
  memset(state->times, 0, sizeof state->times);
  apus_pool_run(state->pool, count, state->grain, cover, state);
  for (size_t i = 0; i < MOST_INDICES; i++) REQUIRE(state->times[i] == (i < count));
}

static void test_cover(void) {
  static const size_t threads[] = {1, 2, 3, MOST_THREADS}, counts[] = {0, 1, 2, 7, 64, MOST_INDICES},
                      grains[] = {1, 2, 7, 100, SIZE_MAX};
  for (size_t t = 0; t < sizeof threads / sizeof *threads; t++)
    for (uint32_t spin = 0; spin <= 50; spin += 50) {
      struct cover state = {.pool = make_pool(threads[t], spin), .threads = threads[t]};
      for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
        for (size_t g = 0; g < sizeof grains / sizeof *grains; g++) {
          state.grain = grains[g];
          for (int repeat = 0; repeat < 20; repeat++) check_cover(&state, counts[c]);
        }
      apus_pool_destroy(state.pool);
    }
}

/* --- Nested calls --- */

struct nested {
  apus_pool *pool, *other;
  size_t sums[64]; /* one for each outer index */
};

struct inner {
  size_t *sum, worker;
};

static void add_here(void *context, size_t begin, size_t end, size_t worker) {
  const struct inner *inner = context;
  REQUIRE(worker == inner->worker);
  for (size_t i = begin; i < end; i++) *inner->sum += i;
}

struct relay {
  struct nested *state;
  size_t index, worker;
};

static void call_first_pool(void *context, size_t begin, size_t end, size_t worker) {
  // On another pool of one thread, so on the thread that is already inside the first pool.
  const struct relay *relay = context;
  REQUIRE(begin == 0 && end == 1 && worker == 0);
  struct inner inner = {&relay->state->sums[relay->index], relay->worker};
  apus_pool_run(relay->state->pool, 100, 9, add_here, &inner);
}

static void call_again(void *context, size_t begin, size_t end, size_t worker) {
  struct nested *state = context;
  for (size_t i = begin; i < end; i++) {
    struct inner inner = {&state->sums[i], worker};
    apus_pool_run(state->pool, 100, 7, add_here, &inner);
    struct relay relay = {state, i, worker};
    apus_pool_run(state->other, 1, 1, call_first_pool, &relay);
  }
}

static void test_nested(void) {
  struct nested state = {.pool = make_pool(4, 50), .other = make_pool(1, 0)};
  for (int repeat = 0; repeat < 50; repeat++) {
    memset(state.sums, 0, sizeof state.sums);
    apus_pool_run(state.pool, 64, 3, call_again, &state);
    for (size_t i = 0; i < 64; i++) REQUIRE(state.sums[i] == 2 * 4950);
  }
  apus_pool_destroy(state.other);
  apus_pool_destroy(state.pool);
}

/* --- Several callers at one time --- */

static void *call_often(void *pool) {
  struct cover *state = calloc(1, sizeof *state);
  REQUIRE(state != NULL);
  *state = (struct cover){.pool = pool, .grain = 5, .threads = apus_pool_threads(pool)};
  for (int repeat = 0; repeat < 200; repeat++) check_cover(state, 97);
  free(state);
  return NULL;
}

static void test_callers(void) {
  apus_pool *pool = make_pool(3, 20);
  pthread_t callers[4];
  for (size_t i = 0; i < 4; i++) REQUIRE(pthread_create(&callers[i], NULL, call_often, pool) == 0);
  for (size_t i = 0; i < 4; i++) pthread_join(callers[i], NULL);
  apus_pool_destroy(pool);
}

/* --- Life of a pool --- */

static void test_life(void) {
  struct cover state = {.grain = 3, .threads = 4};
  for (int repeat = 0; repeat < 100; repeat++) {
    state.pool = make_pool(4, repeat % 2 ? 50 : 0);
    if (repeat % 3 > 0) check_cover(&state, 50);
    apus_pool_destroy(state.pool);
  }
  apus_pool_destroy(NULL);
  const int cpus[] = {0, 60000}; // the second one does not exist: two of the three threads are started in vain
  REQUIRE(!apus_pool_create(&(apus_pool_options){.threads = 4, .cpus = cpus, .cpu_count = 2}));
}

/* --- Arena --- */

static void *use_arena(void *arena) {
  const size_t sizes[] = {0, 1, 4097, (2u << 20) - 1, 2u << 20, (2u << 20) + 1, 7u << 20};
  for (int repeat = 0; repeat < 20; repeat++)
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
      const size_t size = sizes[i];
      unsigned char *buffer = apus_arena_acquire(arena, size);
      REQUIRE(buffer && (uintptr_t)buffer % (size < 2u << 20 ? 64 : 2u << 20) == 0);
      if (size > 0) buffer[0] = buffer[size - 1] = (unsigned char)i;
      if (size > 0) REQUIRE(buffer[0] == i && buffer[size - 1] == i);
      apus_arena_release(arena, buffer, size);
      if (i == 3) apus_arena_trim(arena);
    }
  return NULL;
}

static void test_arena(void) {
  apus_arena *arena = apus_arena_create();
  REQUIRE(arena != NULL);
  pthread_t users[3];
  for (size_t i = 0; i < 3; i++) REQUIRE(pthread_create(&users[i], NULL, use_arena, arena) == 0);
  for (size_t i = 0; i < 3; i++) pthread_join(users[i], NULL);
  REQUIRE(apus_arena_get_usage(arena).in_use == 0);
  REQUIRE(apus_arena_acquire(arena, SIZE_MAX) == NULL);
  REQUIRE(apus_arena_acquire(arena, SIZE_MAX / 2) == NULL);
  apus_arena_trim(arena);
  REQUIRE(apus_arena_get_usage(arena).kept == 0);
  apus_arena_destroy(arena);
  apus_arena_destroy(NULL);
}

/* --- Measuring --- */

static void test_limits(void) {
  enum { BYTES = 4 * 512 };
  unsigned char *from = aligned_alloc(64, BYTES), *to = aligned_alloc(64, BYTES);
  REQUIRE(from && to);
  for (unsigned width = 0; width <= 128; width += 16) {
    apus_limits_multiply(width, 3);
    apus_limits_add(width, 3);
    if (!apus_limits_has_vectors(width)) continue;
    for (size_t bytes = 0; bytes <= BYTES; bytes += 512) {
      for (size_t i = 0; i < BYTES; i++) from[i] = (unsigned char)(i * 7 + 1), to[i] = 0;
      apus_limits_read(width, from, bytes);
      apus_limits_copy(width, to, from, bytes);
      for (size_t i = 0; i < BYTES; i++) REQUIRE(to[i] == (i < bytes ? from[i] : 0));
    }
  }
  REQUIRE(apus_limits_has_vectors(16) && !apus_limits_has_vectors(0) && !apus_limits_has_vectors(48));
  free(from);
  free(to);
}

static void test_cycles(void) {
  const int counter = apus_cycles_open(); /* -1 where the system permits none */
  const uint64_t cycles = apus_cycles_read(counter), stamp = apus_time_stamp();
  apus_spend_cycles(0);
  apus_spend_cycles(100000);
  REQUIRE(apus_cycles_read(counter) >= cycles && apus_time_stamp() > stamp);
  apus_cycles_close(counter);
  REQUIRE(apus_cycles_read(-1) == 0);
  apus_cycles_close(-1);
}

static void test_library_path(void) {
  char path[256] = "x";
  apus_library_path(NULL, path, sizeof path);
  REQUIRE(path[0] == 0);
  apus_library_path((void *)(uintptr_t)&test_cycles, path, sizeof path);
  REQUIRE(path[0] == '/');
  apus_library_path((void *)(uintptr_t)&test_cycles, path, 2);
  REQUIRE(path[0] == '/' && path[1] == 0);
}

int main(void) {
  test_cover();
  test_nested();
  test_callers();
  test_life();
  test_arena();
  test_limits();
  test_cycles();
  test_library_path();
  return 0;
}
