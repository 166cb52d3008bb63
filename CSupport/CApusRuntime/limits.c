/* The loops of apus_limits.h, compiled for each vector width, and the choice among them. */
#include "apus_limits.h"

#include <immintrin.h>

#define SUFFIX 16
#define V __m128i
#define MULTIPLY(k) "pmuludq %12, %" #k "\n\t"
#define ADD(k) "paddd %12, %" #k "\n\t"
#define XOR(k) "pxor %12, %" #k "\n\t"
#include "limits.body.h"

#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define SUFFIX 32
#define V __m256i
#define MULTIPLY(k) "vpmuludq %12, %" #k ", %" #k "\n\t"
#define ADD(k) "vpaddd %12, %" #k ", %" #k "\n\t"
#define XOR(k) "vpxor %12, %" #k ", %" #k "\n\t"
#include "limits.body.h"
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f"))), apply_to = function)
#define SUFFIX 64
#define V __m512i
#define MULTIPLY(k) "vpmuludq %12, %" #k ", %" #k "\n\t"
#define ADD(k) "vpaddd %12, %" #k ", %" #k "\n\t"
#define XOR(k) "vpxord %12, %" #k ", %" #k "\n\t"
#include "limits.body.h"
#pragma clang attribute pop

int apus_limits_has_vectors(unsigned vector_bytes) {
  switch (vector_bytes) {
  case 16: return 1;
  case 32: return __builtin_cpu_supports("avx2") != 0;
  case 64: return __builtin_cpu_supports("avx512f") != 0;
  default: return 0;
  }
}

void apus_limits_multiply(unsigned vector_bytes, size_t rounds) {
  if (!apus_limits_has_vectors(vector_bytes)) return;
  if (vector_bytes == 16) multiply_16(rounds);
  else if (vector_bytes == 32) multiply_32(rounds);
  else multiply_64(rounds);
}

void apus_limits_add(unsigned vector_bytes, size_t rounds) {
  if (!apus_limits_has_vectors(vector_bytes)) return;
  if (vector_bytes == 16) add_16(rounds);
  else if (vector_bytes == 32) add_32(rounds);
  else add_64(rounds);
}

void apus_limits_read(unsigned vector_bytes, const void *from, size_t bytes) {
  if (!apus_limits_has_vectors(vector_bytes)) return;
  if (vector_bytes == 16) read_16(from, bytes);
  else if (vector_bytes == 32) read_32(from, bytes);
  else read_64(from, bytes);
}

void apus_limits_copy(unsigned vector_bytes, void *to, const void *from, size_t bytes) {
  if (!apus_limits_has_vectors(vector_bytes)) return;
  if (vector_bytes == 16) copy_16(to, from, bytes);
  else if (vector_bytes == 32) copy_32(to, from, bytes);
  else copy_64(to, from, bytes);
}
