// The constraint evaluator under the sanitizers: a random straight-line program over inputs of several periods and
// rotations, on heap buffers of exactly the stated size, against single-word arithmetic on every instruction set.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CApusKernels.h"
#include "babybear_scalar.h"

enum { REGISTERS = 7, INPUTS = 6, CONSTANTS = 3, STEPS = 60, ASSERTIONS = 9, OPERANDS = REGISTERS + INPUTS + CONSTANTS };

static uint64_t state = 7;
static uint64_t random_word(void) { /* SplitMix64 */
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}
static uint32_t random_element(void) {
  static const uint32_t edges[] = {0, 1, APUS_BABYBEAR_P - 1, 0x0ffffffe};
  return random_word() % 4 ? (uint32_t)(random_word() % APUS_BABYBEAR_P) : edges[random_word() % 4];
}
static uint32_t add1(uint32_t a, uint32_t b) { return (uint32_t)(((uint64_t)a + b) % APUS_BABYBEAR_P); }
static uint32_t sub1(uint32_t a, uint32_t b) { return add1(a, APUS_BABYBEAR_P - b); }

static void *exact(size_t bytes) {
  void *memory = malloc(bytes ? bytes : 1);
  if (!memory) exit(1);
  return memory;
}
/* Columns are readable to the next multiple of the block. */
static size_t readable(size_t rows) {
  return (rows + APUS_EVALUATE_BLOCK - 1) / APUS_EVALUATE_BLOCK * APUS_EVALUATE_BLOCK;
}

static void expected_row(uint32_t sum[5], const apus_program *p, uint32_t scale, size_t row) {
  uint32_t value[OPERANDS] = {0};
  for (size_t c = 0; c < INPUTS; c++) {
    const apus_input *in = p->inputs + c;
    value[REGISTERS + c] = in->values[(row + in->rotation) % in->rows];
  }
  memcpy(value + REGISTERS + INPUTS, p->constants, CONSTANTS * sizeof *value);
  memset(sum, 0, 5 * sizeof *sum);
  for (size_t s = 0; s < p->instruction_count; s++) {
    const apus_instruction *in = p->instructions + s;
    uint32_t a = value[in->a], b = value[in->b];
    switch (in->opcode) {
      case APUS_OP_ADD: value[in->to] = add1(a, b); break;
      case APUS_OP_SUB: value[in->to] = sub1(a, b); break;
      case APUS_OP_MUL: value[in->to] = babybear_mul1(a, b); break;
      default:
        for (size_t l = 0; l < 5; l++) sum[l] = add1(sum[l], babybear_mul1(a, p->weights[5 * in->to + l]));
    }
  }
  for (size_t l = 0; l < 5; l++) sum[l] = babybear_mul1(sum[l], scale);
}

static void check(apus_isa isa, size_t rows) {
  const apus_evaluate_kernels *kernels = apus_evaluate_kernels_for(isa);
  if (!kernels) return;
  apus_input inputs[INPUTS];
  for (size_t c = 0; c < INPUTS; c++) {
    size_t period = c < 4 ? rows : rows >> c;
    uint32_t *values = exact(readable(period) * sizeof *values);
    for (size_t i = 0; i < readable(period); i++) values[i] = random_element();
    inputs[c] = (apus_input){values, period, c < 2 ? 0 : random_word() % period};
  }
  apus_instruction steps[STEPS + ASSERTIONS];
  for (uint32_t s = 0; s < STEPS + ASSERTIONS; s++) {
    /* Registers are written in order first, so none is read before it holds something. */
    uint32_t known = s < REGISTERS ? INPUTS + CONSTANTS : OPERANDS, base = s < REGISTERS ? REGISTERS : 0;
    int asserts = s >= REGISTERS && s % 7 == 0;
    static uint32_t assertion;
    if (s == 0) assertion = 0;
    steps[s] = (apus_instruction){asserts ? APUS_OP_ASSERT : (uint32_t)(random_word() % 3),
                                  asserts ? assertion++ % ASSERTIONS : s < REGISTERS ? s : random_word() % REGISTERS,
                                  base + (uint32_t)(random_word() % known), base + (uint32_t)(random_word() % known)};
  }
  uint32_t constants[CONSTANTS], weights[5 * ASSERTIONS], scale = random_element();
  for (size_t c = 0; c < CONSTANTS; c++) constants[c] = random_element();
  for (size_t w = 0; w < 5 * ASSERTIONS; w++) weights[w] = random_element();
  apus_program program = {steps, STEPS + ASSERTIONS, REGISTERS, inputs, INPUTS, constants, CONSTANTS, weights};

  uint32_t *out[5];
  for (size_t l = 0; l < 5; l++) out[l] = exact(rows * sizeof **out);
  size_t words = apus_evaluate_scratch_words(&program);
  uint32_t *scratch = aligned_alloc(64, (words * sizeof *scratch + 63) / 64 * 64);
  if (!scratch) exit(1);
  kernels->evaluate(out, &program, scale, scratch, 0, rows);
  for (size_t row = 0; row < rows; row++) {
    uint32_t sum[5];
    expected_row(sum, &program, scale, row);
    for (size_t l = 0; l < 5; l++) {
      if (out[l][row] == sum[l]) continue;
      fprintf(stderr, "row %zu of %zu, limb %zu on instruction set %d: %u, expected %u\n", row, rows, l, (int)isa,
              out[l][row], sum[l]);
      exit(1);
    }
  }
  free(scratch);
  for (size_t l = 0; l < 5; l++) free(out[l]);
  for (size_t c = 0; c < INPUTS; c++) free((void *)inputs[c].values);
}

int main(void) {
  for (int isa = APUS_ISA_PORTABLE; isa <= APUS_ISA_AVX512; isa++)
    for (size_t rows = 32; rows <= 1024; rows *= 2) check((apus_isa)isa, rows);
  puts("evaluator: every instruction set agrees with single words");
  return 0;
}
