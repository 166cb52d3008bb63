// Column kernels of both fields, and those of zeros and ones, under the sanitizers: every instruction set against the portable kernels, on heap
// buffers of exactly the stated sizes.
//
//   clang -fsanitize=address,undefined -O1 -g -DAPUS_CHECKS -I CSupport/CApusKernels/include \
//     .ci/sanitize/field_harness.c CSupport/CApusKernels/*.c
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CApusKernels.h"

/* Everything that one run of a field's kernels read and wrote, in the order of allocation. Two runs from the same seed
 * must leave the same bytes in every buffer but scratch: the right outputs, and inputs as they were. */
enum { MAX_BUFFERS = 1024 };
typedef struct run {
  size_t count;
  struct {
    void *memory;
    size_t bytes;
    int is_scratch;
    const char *kernel;
  } buffers[MAX_BUFFERS];
} run;

static run *current;
static const char *kernel; /* whose buffers are being allocated */
static uint64_t state;

static uint64_t random_word(void) { /* SplitMix64 */
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

/* In [0, last]: often at an end of the range or next to a power of two. */
static uint64_t random_to(uint64_t last) {
  uint64_t kind = random_word() % 4, r = random_word();
  if (kind == 0) r %= 3;
  if (kind == 1) r = last - r % 3;
  if (kind == 2) r = (1ull << r % 64) - 1 + (r >> 8) % 3;
  return last == UINT64_MAX ? r : r % (last + 1);
}

static void *buffer(size_t bytes, int is_scratch) {
  void *memory = malloc(bytes);
  if (memory == NULL || current->count == MAX_BUFFERS) abort();
  size_t at = current->count++;
  current->buffers[at].memory = memory;
  current->buffers[at].bytes = bytes;
  current->buffers[at].is_scratch = is_scratch;
  current->buffers[at].kernel = kernel;
  return memory;
}
static uint32_t *words32(size_t n, uint32_t last) {
  uint32_t *words = buffer(n * sizeof *words, 0);
  for (size_t i = 0; i < n; i++) words[i] = (uint32_t)random_to(last);
  return words;
}
static uint64_t *words64(size_t n, uint64_t last) {
  uint64_t *words = buffer(n * sizeof *words, 0);
  for (size_t i = 0; i < n; i++) words[i] = random_to(last);
  return words;
}

static void require_equal(const run *expected, const run *actual, apus_isa isa, size_t n) {
  if (expected->count != actual->count) abort();
  for (size_t i = 0; i < expected->count; i++) {
    size_t bytes = expected->buffers[i].bytes;
    if (expected->buffers[i].is_scratch || bytes == 0) continue;
    if (memcmp(expected->buffers[i].memory, actual->buffers[i].memory, bytes) == 0) continue;
    fprintf(stderr, "%s: instruction set %d leaves other words than the portable kernel, n = %zu\n",
            expected->buffers[i].kernel, (int)isa, n);
    exit(1);
  }
}
static void release(run *r) {
  while (r->count) free(r->buffers[--r->count].memory);
}

enum { BABYBEAR_LAST = APUS_BABYBEAR_P - 1 };
static const uint64_t goldilocks_last = APUS_GOLDILOCKS_P - 1;

/* Each kernel with an output apart from its inputs, and with one in the place of its first input. */
static void run_babybear(const apus_babybear_kernels *k, size_t n) {
  for (int in_place = 0; in_place < 2; in_place++) {
    uint32_t *b = words32(n, BABYBEAR_LAST), *c = words32(n, BABYBEAR_LAST), *a, *out;
#define NEXT(name, last)             \
  kernel = "BabyBear " name;         \
  a = words32(n, last);              \
  out = in_place ? a : words32(n, 0)
    NEXT("add", BABYBEAR_LAST), k->add(out, a, b, n);
    NEXT("sub", BABYBEAR_LAST), k->sub(out, a, b, n);
    NEXT("mul", BABYBEAR_LAST), k->mul(out, a, b, n);
    NEXT("scale", BABYBEAR_LAST), k->scale(out, a, (uint32_t)random_to(BABYBEAR_LAST), n);
    NEXT("mul_add", BABYBEAR_LAST), k->mul_add(out, a, b, c, n);
    NEXT("batch_inverse", BABYBEAR_LAST), k->batch_inverse(out, a, buffer(n * sizeof *a, 1), n);
    NEXT("to_montgomery", UINT32_MAX), k->to_montgomery(out, a, n);
    NEXT("from_montgomery", BABYBEAR_LAST), k->from_montgomery(out, a, n);
#undef NEXT
  }
  kernel = "BabyBear powers";
  uint32_t first = (uint32_t)random_to(BABYBEAR_LAST), ratio = (uint32_t)random_to(BABYBEAR_LAST);
  k->powers(words32(n, 0), first, ratio, n);
}

static void run_goldilocks(const apus_goldilocks_kernels *k, size_t n) {
  for (int in_place = 0; in_place < 2; in_place++) {
    uint64_t *b = words64(n, goldilocks_last), *c = words64(n, goldilocks_last), *a, *out;
#define NEXT(name, last)             \
  kernel = "Goldilocks " name;       \
  a = words64(n, last);              \
  out = in_place ? a : words64(n, 0)
    NEXT("add", goldilocks_last), k->add(out, a, b, n);
    NEXT("sub", goldilocks_last), k->sub(out, a, b, n);
    NEXT("mul", goldilocks_last), k->mul(out, a, b, n);
    NEXT("scale", goldilocks_last), k->scale(out, a, random_to(goldilocks_last), n);
    NEXT("mul_add", goldilocks_last), k->mul_add(out, a, b, c, n);
    NEXT("batch_inverse", goldilocks_last), k->batch_inverse(out, a, buffer(n * sizeof *a, 1), n);
    NEXT("reduce", UINT64_MAX), k->reduce(out, a, n);
#undef NEXT
  }
  kernel = "Goldilocks powers";
  uint64_t first = random_to(goldilocks_last), ratio = random_to(goldilocks_last);
  k->powers(words64(n, 0), first, ratio, n);
}

/* Zeros and ones, now and then another word at the end; n counts 32-bit words. */
static void run_bits(const apus_bits_kernels *k, uint64_t one, size_t n) {
  kernel = "bits";
  uint32_t *words = words32(n, 1), *bits = buffer(64 * ((n + APUS_BITS_BLOCK - 1) / APUS_BITS_BLOCK), 0);
  memset(bits, 0, 64 * ((n + APUS_BITS_BLOCK - 1) / APUS_BITS_BLOCK));
  for (size_t i = 0; i < n; i++) words[i] = words[i] ? (uint32_t)(i % 2 ? one >> 32 : one) : 0;
  if (!k->pack(bits, words, one, n)) abort();
  k->unpack(words32(n, 0), bits, one, n);
  if (n == 0) return;
  words[n - 1] ^= 2;
  if (k->pack(buffer(64 * ((n + APUS_BITS_BLOCK - 1) / APUS_BITS_BLOCK), 1), words, one, n)) abort();
}

static void run_all(run *into, apus_isa isa, size_t n) {
  current = into;
  state = n;
  run_babybear(apus_babybear_kernels_for(isa), n);
  run_goldilocks(apus_goldilocks_kernels_for(isa), n);
  run_bits(apus_bits_kernels_for(isa), 0x0ffffffe0ffffffe, n);
  run_bits(apus_bits_kernels_for(isa), 1, n / 2 * 2);
}

int main(void) {
  static const apus_isa sets[] = {APUS_ISA_AVX2, APUS_ISA_AVX512};
  static run portable, vectors;
  unsigned compared = 0;
  for (size_t n = 0; n <= 4100; n += n < 70 ? 1 : n < 1100 ? 103 : 3000) {
    run_all(&portable, APUS_ISA_PORTABLE, n);
    for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) {
      if (!apus_isa_supported(sets[s])) continue;
      run_all(&vectors, sets[s], n);
      require_equal(&portable, &vectors, sets[s], n);
      release(&vectors);
      compared++;
    }
    release(&portable);
  }
  printf("field kernels: %u runs agree with the portable ones\n", compared);
  return 0;
}
