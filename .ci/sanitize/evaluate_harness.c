// The constraint evaluators under the sanitizers: a random straight-line program over inputs of several periods and
// rotations, on heap buffers of exactly the stated size, against single-word arithmetic on every instruction set.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CApusKernels.h"

enum { REGISTERS = 7, INPUTS = 6, CONSTANTS = 3, STEPS = 60, ASSERTIONS = 9, OPERANDS = REGISTERS + INPUTS + CONSTANTS };

static uint64_t state = 7;
static uint64_t random_word(void) { /* SplitMix64 */
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}
static void *exact(size_t bytes) {
  void *memory = malloc(bytes ? bytes : 1);
  if (!memory) exit(1);
  return memory;
}
/* Columns are readable to the next multiple of the block. */
static size_t readable(size_t rows) {
  return (rows + APUS_EVALUATE_BLOCK - 1) / APUS_EVALUATE_BLOCK * APUS_EVALUATE_BLOCK;
}


static void random_steps(apus_instruction *steps) {
  uint32_t assertion = 0;
  for (uint32_t s = 0; s < STEPS + ASSERTIONS; s++) {
    /* Registers are written in order first, so none is read before it holds something. */
    uint32_t known = s < REGISTERS ? INPUTS + CONSTANTS : OPERANDS, base = s < REGISTERS ? REGISTERS : 0;
    int asserts = s >= REGISTERS && s % 7 == 0;
    steps[s] = (apus_instruction){asserts ? APUS_OP_ASSERT : (uint32_t)(random_word() % 3),
                                  asserts ? assertion++ % ASSERTIONS : s < REGISTERS ? s : random_word() % REGISTERS,
                                  base + (uint32_t)(random_word() % known), base + (uint32_t)(random_word() % known)};
  }
}

#define NAME babybear4
#define WORD uint32_t
#define PRIME APUS_BABYBEAR_P
#define DEGREE 4
#define INVERSE 0x38400000
#include "evaluate_harness.body.h"

#define NAME babybear5
#define WORD uint32_t
#define PRIME APUS_BABYBEAR_P
#define DEGREE 5
#define INVERSE 0x38400000
#include "evaluate_harness.body.h"

#define NAME goldilocks3
#define WORD uint64_t
#define PRIME APUS_GOLDILOCKS_P
#define DEGREE 3
#define INVERSE 1
#include "evaluate_harness.body.h"

int main(void) {
  for (int isa = APUS_ISA_PORTABLE; isa <= APUS_ISA_AVX512; isa++) {
    const apus_evaluate_kernels *kernels = apus_evaluate_kernels_for((apus_isa)isa);
    for (size_t rows = 32; kernels && rows <= 1024; rows *= 2) {
      check_babybear4(kernels->babybear4, isa, rows);
      check_babybear5(kernels->babybear5, isa, rows);
      check_goldilocks3(kernels->goldilocks3, isa, rows);
    }
  }
  puts("evaluators: every instruction set agrees with single words");
  return 0;
}
