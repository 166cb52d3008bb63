// Poseidon2 under the sanitizers: every instruction set does to heap blocks of exactly the promised size what the
// one-state permutations do to one state after the other. Prints one line, or says what differs and fails.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CApusKernels.h"

static void fail(const char *what, apus_isa isa, unsigned width, size_t n) {
  fprintf(stderr, "poseidon2: %s of width %u on set %d differs for n = %zu\n", what, width, (int)isa, n);
  exit(1);
}

static uint64_t random64(void) {
  static uint64_t state = 1;
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

static uint32_t babybear_integer(uint32_t montgomery) {
  return (uint32_t)((uint64_t)montgomery * 943718400 % APUS_BABYBEAR_P); /* 2^-32 */
}
static uint64_t goldilocks_integer(uint64_t word) { return word; }

/* The names that poseidon2_checks.body.h speaks of, by the field it was included for. */
#define JOIN3(a, b, c) a##b##c
#define JOIN(a, b, c) JOIN3(a, b, c)
#define NAMED(name) JOIN(FIELD, _, name)
#define POSEIDON2(suffix) JOIN(apus_poseidon2_, FIELD, suffix)
#define ONE_STATE(width) JOIN(apus_poseidon2_, FIELD, width)
#define KERNELS POSEIDON2(_kernels)
#define KERNELS_FOR(width) JOIN(ONE_STATE(width), _kernels, _for)
#define HASHES_FOR POSEIDON2(_hash_kernels_for)
#define WIDE_HASHES_FOR POSEIDON2(_wide_hash_kernels_for)

#define FIELD babybear
#define WORD uint32_t
#define P APUS_BABYBEAR_P
#define FIRST 16
#define SECOND 24
#define DIGEST 8
#define HASHES apus_hash_kernels
#include "poseidon2_checks.body.h"

#define FIELD goldilocks
#define WORD uint64_t
#define P APUS_GOLDILOCKS_P
#define FIRST 8
#define SECOND 12
#define DIGEST 4
#define HASHES apus_poseidon2_goldilocks_hash_kernels
#include "poseidon2_checks.body.h"

int main(void) {
  int sets = 0;
  for (apus_isa isa = APUS_ISA_PORTABLE; isa <= APUS_ISA_AVX512; isa++) {
    if (!apus_isa_supported(isa)) continue;
    babybear_all(isa);
    goldilocks_all(isa);
    sets++;
  }
  printf("poseidon2: %d instruction sets agree\n", sets);
}
