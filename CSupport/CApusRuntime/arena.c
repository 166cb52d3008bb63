// The arena: buffers on huge pages that outlive their user. Contract: include/apus_arena.h.
//
// First touch of fresh memory costs about as much as a transform over it; so a large buffer is mapped once and kept, and
// what is kept is cut for smaller ones and grows together again. There are tens to hundreds of blocks, few enough for one
// array, ascending by address, that is searched from end to end.
#define _GNU_SOURCE
#include "apus_arena.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static const size_t huge_page = (size_t)2 << 20;
static const size_t small_alignment = 64;

struct block {
  char *base;
  size_t capacity;   /* whole huge pages */
  size_t handed_out; /* bytes that its user asked for; 0: kept */
  bool is_first;     /* of a mapping: it never grows together with the block before it */
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
static char *map_aligned(size_t bytes, bool huge_pages) {
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

/* The smallest kept block that holds `capacity`, or none: arena->count. */
static size_t best_kept(const apus_arena *arena, size_t capacity) {
  size_t best = arena->count;
  for (size_t i = 0; i < arena->count; i++) {
    const struct block *block = &arena->blocks[i];
    if (block->handed_out > 0 || block->capacity < capacity) continue;
    if (best == arena->count || block->capacity < arena->blocks[best].capacity) best = i;
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

/* There is room. */
static void insert(apus_arena *arena, size_t at, struct block block) {
  memmove(&arena->blocks[at + 1], &arena->blocks[at], (arena->count - at) * sizeof block);
  arena->blocks[at] = block;
  arena->count++;
}

/* Leaves the kept block `at` with `capacity`, and what is beyond it as a block of its own; without room for one, as it
 * is. */
static void cut(apus_arena *arena, size_t at, size_t capacity) {
  const struct block whole = arena->blocks[at];
  if (whole.capacity == capacity || !make_room(arena)) return;
  arena->blocks[at].capacity = capacity;
  insert(arena, at + 1, (struct block){.base = whole.base + capacity, .capacity = whole.capacity - capacity});
}

/* Joins the block after `at` to it if both are kept and of one mapping. */
static void join_next(apus_arena *arena, size_t at) {
  if (at + 1 >= arena->count) return;
  struct block *block = &arena->blocks[at];
  const struct block next = arena->blocks[at + 1];
  if (block->handed_out > 0 || next.handed_out > 0 || next.is_first) return;
  block->capacity += next.capacity;
  arena->count--;
  memmove(&arena->blocks[at + 1], &arena->blocks[at + 2], (arena->count - at - 1) * sizeof next);
}

static void unmap_kept(apus_arena *arena) {
  size_t left = 0;
  bool is_first = false;
  for (size_t i = 0; i < arena->count; i++) {
    struct block block = arena->blocks[i];
    if (block.handed_out == 0) {
      munmap(block.base, block.capacity);
      is_first = true; // what comes next has lost the block before it
      continue;
    }
    block.is_first |= is_first;
    is_first = false;
    arena->blocks[left++] = block;
  }
  arena->count = left;
  arena->usage.kept = 0;
}

static void *map_block(apus_arena *arena, size_t bytes, size_t capacity) {
  if (!make_room(arena)) return NULL;
  char *base = map_aligned(capacity, arena->huge_pages);
  if (!base && arena->usage.kept > 0) {
    unmap_kept(arena);
    base = map_aligned(capacity, arena->huge_pages);
  }
  if (!base) return NULL;
  size_t at = 0;
  while (at < arena->count && arena->blocks[at].base < base) at++;
  insert(arena, at, (struct block){.base = base, .capacity = capacity, .handed_out = bytes, .is_first = true});
  return base;
}

static void *acquire_large(apus_arena *arena, size_t bytes) {
  if (bytes > SIZE_MAX - 2 * huge_page) return NULL; // rounding and aligning would overflow
  const size_t capacity = round_up(bytes, huge_page);
  const size_t best = best_kept(arena, capacity);
  if (best == arena->count) return map_block(arena, bytes, capacity);
  cut(arena, best, capacity);
  struct block *block = &arena->blocks[best];
  block->handed_out = bytes;
  arena->usage.kept -= block->capacity;
  return block->base;
}

/* The C library's aligned_alloc does not find its own freed chunks again, and its heap grows with every turn. So we
 * align ourselves, and note in front of the buffer where the chunk begins: malloc's 16 leave 16 to 64 bytes there. */
static void *acquire_small(size_t bytes) {
  char *chunk = malloc(bytes + small_alignment);
  if (!chunk) return NULL;
  char *buffer = chunk + small_alignment - (size_t)chunk % small_alignment;
  memcpy(buffer - sizeof chunk, &chunk, sizeof chunk);
  return buffer;
}

static void release_small(const char *buffer) {
  char *chunk;
  memcpy(&chunk, buffer - sizeof chunk, sizeof chunk);
  free(chunk);
}

void *apus_arena_acquire(apus_arena *arena, size_t bytes) {
  if (bytes == 0) bytes = 1;
  void *buffer;
  if (bytes < huge_page) {
    buffer = acquire_small(bytes);
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
    join_next(arena, i);
    if (i > 0 && !block->is_first) join_next(arena, i - 1);
    return;
  }
  abort(); // returned twice, to another arena, or with another size: going on would corrupt somebody's data
}

void apus_arena_release(apus_arena *arena, void *buffer, size_t bytes) {
  if (bytes == 0) bytes = 1;
  if (bytes < huge_page) release_small(buffer);
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
