// Column kernels of the extensions under the sanitizers, on heap buffers of exactly the stated sizes: every instruction
// set against products of single words by the extension's definition.
//
//   clang -fsanitize=address,undefined -O1 -g -DAPUS_CHECKS -I CSupport/CApusKernels/include \
//     .ci/sanitize/extension_harness.c CSupport/CApusKernels/*.c
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CApusKernels.h"

static uint64_t state = 7;
static uint64_t random_word(void) { /* SplitMix64 */
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

/* 0: words of all kinds; else sums at their bounds, of greatest words or of those next to half. */
static int edges;

/* In [0, last]: often at an end of the range or next to a power of two. */
static uint64_t random_to(uint64_t last) {
  uint64_t kind = random_word() % 4, r = random_word();
  if (edges == 1) return last;
  if (edges > 1 && kind) return last / 2 + (uint64_t)(edges == 3);
  if (kind == 0) r %= 3;
  if (kind == 1) r = last - r % 3;
  if (kind == 2) r = (1ull << r % 64) - 1 + (r >> 8) % 3;
  return r % (last + 1);
}

/* Released all at once. */
enum { MOST_BUFFERS = 4096 };
static void *buffers[MOST_BUFFERS];
static size_t buffer_count;
static void *exact(size_t bytes) {
  void *memory = malloc(bytes);
  if (memory == NULL || buffer_count == MOST_BUFFERS) abort();
  return buffers[buffer_count++] = memory;
}
static void release(void) {
  while (buffer_count) free(buffers[--buffer_count]);
}

#define NAME babybear4
#define WORD uint32_t
#define PRIME APUS_BABYBEAR_P
#define KERNELS apus_babybear_extension_kernels
#define DEGREE 4
#define TO_DEGREE 11
#define ONE 0x0ffffffe
#define INVERSE 0x38400000
#define GENERATOR 31
#include "extension_harness.body.h"

#define NAME babybear5
#define WORD uint32_t
#define PRIME APUS_BABYBEAR_P
#define KERNELS apus_babybear_extension_kernels
#define DEGREE 5
#define TO_DEGREE 2
#define ONE 0x0ffffffe
#define INVERSE 0x38400000
#define GENERATOR 31
#include "extension_harness.body.h"

#define NAME goldilocks3
#define WORD uint64_t
#define PRIME APUS_GOLDILOCKS_P
#define KERNELS apus_goldilocks_extension_kernels
#define DEGREE 3
#define TO_DEGREE 2
#define ONE 1
#define INVERSE 1
#define GENERATOR 7
#include "extension_harness.body.h"

int main(void) {
  unsigned sets = 0;
  for (int isa = APUS_ISA_PORTABLE; isa <= APUS_ISA_AVX512; isa++) {
    if (!apus_isa_supported((apus_isa)isa)) continue;
    check_babybear4(apus_babybear4_kernels_for((apus_isa)isa), isa);
    check_babybear5(apus_babybear5_kernels_for((apus_isa)isa), isa);
    check_goldilocks3(apus_goldilocks3_kernels_for((apus_isa)isa), isa);
    sets++;
  }
  printf("extensions: %u instruction sets agree with single words\n", sets);
  return 0;
}
