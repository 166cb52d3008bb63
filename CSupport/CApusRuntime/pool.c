#include "apus_pool.h"
#include <stdlib.h>
struct apus_pool { size_t threads; };
apus_pool *apus_pool_create(const apus_pool_options *o) { (void)o; apus_pool *p = calloc(1, sizeof *p); p->threads = 1; return p; }
void apus_pool_destroy(apus_pool *p) { free(p); }
size_t apus_pool_threads(const apus_pool *p) { return p->threads; }
uint32_t apus_pool_spin_microseconds(const apus_pool *p) { (void)p; return 0; }
void apus_pool_run(apus_pool *p, size_t n, size_t g, apus_pool_fn *w, void *c) { (void)p; if (!g) g = 1; for (size_t i = 0; i < n; i += g) w(c, i, i + g < n ? i + g : n, 0); }
