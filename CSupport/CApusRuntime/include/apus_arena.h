/* Huge-page backed buffers that are kept for the next user. */
#ifndef APUS_ARENA_H
#define APUS_ARENA_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct apus_arena apus_arena;

typedef struct apus_arena_usage {
  size_t in_use;    /* bytes handed out now */
  size_t kept;      /* bytes held for reuse */
  size_t peak;      /* most bytes handed out at one time */
} apus_arena_usage;

apus_arena *_Nullable apus_arena_create(void);
/* Every buffer must have been returned. */
void apus_arena_destroy(apus_arena *_Nullable arena);

/* At least `bytes` bytes, aligned to 64 (to 2 MiB from 2 MiB on, advised as huge pages); contents are undefined.
 * NULL when the system has no memory left. Thread-safe. */
void *_Nullable apus_arena_acquire(apus_arena *_Nonnull arena, size_t bytes);
/* `bytes` as given to acquire. Thread-safe. */
void apus_arena_release(apus_arena *_Nonnull arena, void *_Nonnull buffer, size_t bytes);
/* Gives what is kept back to the system. */
void apus_arena_trim(apus_arena *_Nonnull arena);
apus_arena_usage apus_arena_get_usage(apus_arena *_Nonnull arena);

#ifdef __cplusplus
}
#endif
#endif
