/* Loops that do nothing but what one limit of the machine allows: to be timed by the caller. */
#ifndef APUS_LIMITS_H
#define APUS_LIMITS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Vectors of 16 bytes run on any x86-64, of 32 bytes with AVX2, of 64 bytes with AVX-512 F. */
int apus_limits_has_vectors(unsigned vector_bytes);

/* The others expect apus_limits_has_vectors(vector_bytes); else they do nothing. */

/* rounds * 12 vpmuludq of such vectors, twelve at a time independent; each makes vector_bytes / 8 products. */
void apus_limits_multiply(unsigned vector_bytes, size_t rounds);
/* The same number of vpaddd and vpxor by turns: instructions that every vector port of a processor executes. */
void apus_limits_add(unsigned vector_bytes, size_t rounds);
/* Loads `bytes` bytes, a multiple of 512, from `from`, 64-byte aligned. */
void apus_limits_read(unsigned vector_bytes, const void *_Nonnull from, size_t bytes);
/* Loads them and stores them at `to`, 64-byte aligned, no overlap. */
void apus_limits_copy(unsigned vector_bytes, void *_Nonnull to, const void *_Nonnull from, size_t bytes);

#ifdef __cplusplus
}
#endif
#endif
