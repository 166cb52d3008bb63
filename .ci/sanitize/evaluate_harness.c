// The constraint evaluators under the sanitizers: a random straight-line program over inputs of several periods and
// rotations, on heap buffers of exactly the stated size, against single-word arithmetic on every instruction set.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CApusKernels.h"

enum { REGISTERS = 7, INPUTS = 6, CONSTANTS = 3, STEPS = 120, ASSERTIONS = 20, OPERANDS = REGISTERS + INPUTS + CONSTANTS };

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


static size_t fused_away; /* instructions, over all programs */
static void random_steps(apus_instruction *steps) {
  uint32_t assertion = 0;
  for (uint32_t s = 0; s < STEPS + ASSERTIONS; s++) {
    /* Registers are written in order first, so none is read before it holds something. */
    uint32_t known = s < REGISTERS ? INPUTS + CONSTANTS : OPERANDS, base = s < REGISTERS ? REGISTERS : 0;
    int asserts = s >= REGISTERS && s % 7 == 0;
    uint32_t to = asserts ? assertion++ % ASSERTIONS : s < REGISTERS ? s : (uint32_t)(random_word() % REGISTERS);
    uint32_t a = base + (uint32_t)(random_word() % known), b = base + (uint32_t)(random_word() % known);
    steps[s] = (apus_instruction){asserts ? APUS_OP_ASSERT : (uint32_t)(random_word() % 3), to, a, b};
    if (s <= REGISTERS) continue;
    /* Often what the instruction before has left, and often doublings. */
    uint32_t before = steps[s - 1].opcode == APUS_OP_ASSERT ? steps[s - 2].to : steps[s - 1].to, kind = random_word() % 8;
    if (kind == 0 || kind == 2) steps[s].a = before;
    if (kind == 1 || kind == 2) steps[s].b = before;
    if (kind > 5 && !asserts) steps[s].opcode = APUS_OP_ADD, steps[s].b = steps[s].a;
    if (kind > 6 && !asserts) steps[s].to = before;
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
    for (size_t round = 0; kernels && round < 60; round++) {
      size_t rows = (size_t)32 << round % 6;
      check_babybear4(kernels->babybear4, isa, rows);
      check_babybear5(kernels->babybear5, isa, rows);
      check_goldilocks3(kernels->goldilocks3, isa, rows);
    }
  }
  if (!fused_away) return 1;
  puts("evaluators: every instruction set agrees with single words");
  return 0;
}
