/* SHA-256's compression with the SHA extensions. */
#ifndef APUS_SHA256_SHANI_H
#define APUS_SHA256_SHANI_H

#include <stddef.h>
#include <stdint.h>

/* states[i] = the state after the 64 bytes at blocks + i * stride, 0 <= i < n. Needs APUS_FEATURE_SHA. */
void apus_sha256_shani_compress(uint32_t (*states)[8], const uint8_t *blocks, size_t stride, size_t n);
/* The same after one block, given as its schedule with the rounds' constants added. */
void apus_sha256_shani_compress_shared(uint32_t (*states)[8], const uint32_t schedule[64], size_t n);

#endif
