// The arena: buffers on huge pages that outlive their user. Contract: include/apus_arena.h.
//
// First touch of fresh memory costs about as much as a transform over it; so a large buffer is mapped once and kept.
// There are tens to hundreds of them, few enough for one array that is searched from end to end.
#define _GNU_SOURCE
#include "apus_arena.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>

static const size_t huge_page = (size_t)2 << 20;
static const size_t small_alignment = 64;

struct block {
  void *base;
  size_t capacity;   /* whole huge pages */
  size_t handed_out; /* bytes that its user asked for; 0: kept */
};

struct apus_arena {
  pthread_mutex_t lock; /* guards all that follows */
  struct block *blocks;
  size_t count, room;
  bool huge_pages;
  apus_arena_usage usage;
};

static size_t round_up(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

/* `bytes` is a multiple of a huge page. */
static void *map_aligned(size_t bytes, bool huge_pages) {
  // mmap promises the alignment of a small page only: one huge page more, and what sticks out is given back.
  char *start = mmap(NULL, bytes + huge_page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED) return NULL;
  const size_t before = (huge_page - (size_t)start % huge_page) % huge_page;
  char *base = start + before;
  if (before > 0) munmap(start, before);
  munmap(base + bytes, huge_page - before);
  // A kernel without huge pages refuses; the buffer works all the same.
  madvise(base, bytes, huge_pages ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
  return base;
}

static void count_as_handed_out(apus_arena *arena, size_t bytes) {
  arena->usage.in_use += bytes;
  if (arena->usage.in_use > arena->usage.peak) arena->usage.peak = arena->usage.in_use;
}

/* The smallest kept block that holds `capacity` and wastes at most a quarter of itself, or NULL. */
static struct block *best_kept(apus_arena *arena, size_t capacity) {
  struct block *best = NULL;
  for (size_t i = 0; i < arena->count; i++) {
    struct block *block = &arena->blocks[i];
    const bool fits = block->capacity >= capacity && block->capacity - capacity <= block->capacity / 4;
    if (block->handed_out == 0 && fits && (!best || block->capacity < best->capacity)) best = block;
  }
  return best;
}

static bool make_room(apus_arena *arena) {
  if (arena->count < arena->room) return true;
  const size_t room = arena->room ? 2 * arena->room : 16;
  struct block *blocks = realloc(arena->blocks, room * sizeof *blocks);
  if (!blocks) return false;
  arena->blocks = blocks;
  arena->room = room;
  return true;
}

static void unmap_kept(apus_arena *arena) {
  size_t left = 0;
  for (size_t i = 0; i < arena->count; i++) {
    const struct block block = arena->blocks[i];
    if (block.handed_out > 0)
      arena->blocks[left++] = block;
    else
      munmap(block.base, block.capacity);
  }
  arena->count = left;
  arena->usage.kept = 0;
}

static void *acquire_large(apus_arena *arena, size_t bytes) {
  if (bytes > SIZE_MAX - 2 * huge_page) return NULL; // rounding and aligning would overflow
  const size_t capacity = round_up(bytes, huge_page);
  struct block *kept = best_kept(arena, capacity);
  if (kept) {
    kept->handed_out = bytes;
    arena->usage.kept -= kept->capacity;
    return kept->base;
  }
  if (!make_room(arena)) return NULL;
  void *base = map_aligned(capacity, arena->huge_pages);
  if (!base && arena->usage.kept > 0) {
    unmap_kept(arena);
    base = map_aligned(capacity, arena->huge_pages);
  }
  if (base) arena->blocks[arena->count++] = (struct block){base, capacity, bytes};
  return base;
}

void *apus_arena_acquire(apus_arena *arena, size_t bytes) {
  if (bytes == 0) bytes = 1;
  void *buffer;
  if (bytes < huge_page) {
    buffer = aligned_alloc(small_alignment, round_up(bytes, small_alignment));
    pthread_mutex_lock(&arena->lock);
  } else {
    pthread_mutex_lock(&arena->lock);
    buffer = acquire_large(arena, bytes);
  }
  if (buffer) count_as_handed_out(arena, bytes);
  pthread_mutex_unlock(&arena->lock);
  return buffer;
}

static void keep(apus_arena *arena, const void *buffer, size_t bytes) {
  for (size_t i = 0; i < arena->count; i++) {
    struct block *block = &arena->blocks[i];
    if (block->base != buffer || block->handed_out != bytes) continue;
    block->handed_out = 0;
    arena->usage.kept += block->capacity;
    return;
  }
  abort(); // returned twice, to another arena, or with another size: going on would corrupt somebody's data
}

void apus_arena_release(apus_arena *arena, void *buffer, size_t bytes) {
  if (bytes == 0) bytes = 1;
  if (bytes < huge_page) free(buffer);
  pthread_mutex_lock(&arena->lock);
  if (bytes >= huge_page) keep(arena, buffer, bytes);
  arena->usage.in_use -= bytes;
  pthread_mutex_unlock(&arena->lock);
}

void apus_arena_trim(apus_arena *arena) {
  pthread_mutex_lock(&arena->lock);
  unmap_kept(arena);
  pthread_mutex_unlock(&arena->lock);
}

apus_arena_usage apus_arena_get_usage(apus_arena *arena) {
  pthread_mutex_lock(&arena->lock);
  const apus_arena_usage usage = arena->usage;
  pthread_mutex_unlock(&arena->lock);
  return usage;
}

apus_arena *apus_arena_create(void) {
  apus_arena *arena = calloc(1, sizeof *arena);
  if (!arena) return NULL;
  pthread_mutex_init(&arena->lock, NULL);
  arena->huge_pages = true;
  return arena;
}

void apus_arena_set_huge_pages(apus_arena *arena, int wanted) {
  pthread_mutex_lock(&arena->lock);
  arena->huge_pages = wanted != 0;
  pthread_mutex_unlock(&arena->lock);
}

void apus_arena_destroy(apus_arena *arena) {
  if (!arena) return;
  unmap_kept(arena);
  pthread_mutex_destroy(&arena->lock);
  free(arena->blocks);
  free(arena);
}
