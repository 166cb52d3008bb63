/* Huge-page backed buffers that are kept for the next user. */
#ifndef APUS_ARENA_H
#define APUS_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include "apus_nullability.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct apus_arena apus_arena;

typedef struct apus_arena_usage {
  size_t in_use;    /* bytes handed out now, as they were asked for */
  size_t kept;      /* bytes held for reuse, whole huge pages */
  size_t peak;      /* highest in_use so far */
} apus_arena_usage;

/* NULL when the system has no memory left. */
apus_arena *_Nullable apus_arena_create(void);
/* Whether buffers that are mapped from now on ask for huge pages (not 0, as at the start) or for none (0).
 * Thread-safe. */
void apus_arena_set_huge_pages(apus_arena *_Nonnull arena, int wanted);
/* Every buffer must have been returned. */
void apus_arena_destroy(apus_arena *_Nullable arena);

/* At least `bytes` bytes (0 counts as 1), contents undefined. NULL when the system has no such memory. Thread-safe.
 *
 * Below 2 MiB: aligned to 64, from the C heap, not kept.
 * From 2 MiB on: aligned to 2 MiB, advised as huge pages unless they are not wanted. The smallest kept piece that is
 * large enough is handed out again; what is left of it stays kept. */
void *_Nullable apus_arena_acquire(apus_arena *_Nonnull arena, size_t bytes);
/* `buffer` and `bytes` as they were at acquire; stops the process when no such buffer of 2 MiB or more is handed out.
 * A buffer from 2 MiB on is kept, joined to the kept pieces that it was mapped together with, until it is handed out
 * again, the arena is trimmed, or the system refuses memory to this arena. Thread-safe. */
void apus_arena_release(apus_arena *_Nonnull arena, void *_Nonnull buffer, size_t bytes);
/* Gives what is kept back to the system. Thread-safe. */
void apus_arena_trim(apus_arena *_Nonnull arena);
/* One consistent reading of the three figures. Thread-safe. */
apus_arena_usage apus_arena_get_usage(apus_arena *_Nonnull arena);

#ifdef __cplusplus
}
#endif
#endif
