// Transforms under the sanitizers: every instruction set against the definition and against the portable kernels, on
// heap buffers of exactly the stated size.
//
//   clang -fsanitize=address,undefined -O1 -g -DAPUS_CHECKS -I CSupport/CApusKernels/include \
//     .ci/sanitize/ntt_harness.c CSupport/CApusKernels/*.c
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CApusKernels.h"

enum { DEFINITION_LOG = 9, AGREEMENT_LOG = 15 };
/* From below the lengths that are split, to one with three steps. */
enum { SHORTEST_SPLIT_LOG = 12, LONGEST_SPLIT_LOG = 18 };
enum transform { FORWARD, INVERSE, EXCHANGE };

static uint64_t state = 1;
static uint64_t random_word(void) { /* SplitMix64 */
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

static void require(int holds, const char *what, apus_isa isa, unsigned log) {
  if (holds) return;
  fprintf(stderr, "%s: wrong on instruction set %d at 2^%u rows\n", what, (int)isa, log);
  exit(1);
}

static size_t reversed(size_t i, unsigned bits) {
  size_t r = 0;
  for (unsigned b = 0; b < bits; b++) r |= (i >> b & 1) << (bits - 1 - b);
  return r;
}

#define JOIN2(a, b) a##b
#define JOIN(a, b) JOIN2(a, b)

#define FIELD babybear
#define WORD uint32_t
#define P APUS_BABYBEAR_P
#define GENERATOR 31
#define TWO_ADICITY APUS_BABYBEAR_TWO_ADICITY
#define ONE ((((uint64_t)1 << 32) % P)) /* in the form of the kernels' words */
#include "ntt_harness.body.h"

#define FIELD goldilocks
#define WORD uint64_t
#define P APUS_GOLDILOCKS_P
#define GENERATOR 7
#define TWO_ADICITY APUS_GOLDILOCKS_TWO_ADICITY
#define ONE 1
#include "ntt_harness.body.h"

int main(void) {
  for (apus_isa isa = APUS_ISA_PORTABLE; isa <= APUS_ISA_AVX512; isa++) {
    for (unsigned log = 0; log <= AGREEMENT_LOG; log++) {
      check_babybear(isa, log);
      check_goldilocks(isa, log);
    }
    for (unsigned log = SHORTEST_SPLIT_LOG; log <= LONGEST_SPLIT_LOG; log++) {
      check_split_babybear(isa, log);
      check_split_goldilocks(isa, log);
    }
  }
  puts("transforms: ok");
}
