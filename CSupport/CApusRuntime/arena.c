#include "apus_arena.h"
#include <stdlib.h>
struct apus_arena { int x; };
apus_arena *apus_arena_create(void) { return calloc(1, sizeof(apus_arena)); }
void apus_arena_destroy(apus_arena *a) { free(a); }
void *apus_arena_acquire(apus_arena *a, size_t b) { (void)a; return aligned_alloc(64, (b + 127) & ~(size_t)63); }
void apus_arena_release(apus_arena *a, void *p, size_t b) { (void)a; (void)b; free(p); }
void apus_arena_trim(apus_arena *a) { (void)a; }
apus_arena_usage apus_arena_get_usage(apus_arena *a) { (void)a; return (apus_arena_usage){0}; }
