/* Constraint bytecode over blocks of rows: a straight-line program on columns of a field, lane = row.
 *
 * A program's words are of its field: uint32_t in Montgomery form for BabyBear, canonical uint64_t for Goldilocks. Sums
 * of assertions are elements of an extension of it (apus_extension.h), `degree` words each. */
#ifndef APUS_EVALUATE_H
#define APUS_EVALUATE_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rows in one block; columns handed to the evaluator are readable up to the next multiple of it. */
#define APUS_EVALUATE_BLOCK 128

typedef enum apus_opcode {
  APUS_OP_ADD = 0,    /* register[to] = a + b */
  APUS_OP_SUB = 1,    /* register[to] = a - b */
  APUS_OP_MUL = 2,    /* register[to] = a * b */
  APUS_OP_ASSERT = 3, /* result += weight[to] * a, an extension element times a base one */
} apus_opcode;

/* Operands: below register_count a register, then the block's inputs (see apus_program.inputs), then constants. */
typedef struct apus_instruction {
  uint32_t opcode;
  uint32_t to;
  uint32_t a;
  uint32_t b;
} apus_instruction;

/* Where an input's words come from: `values[(row + rotation) mod rows]` with `rows` a power of two. Values repeat with
 * that period, so a column of the trace has rows = the trace's, a periodic column its period. */
typedef struct apus_input {
  const void *values;
  size_t rows;
  size_t rotation; /* in [0, rows) */
} apus_input;

typedef struct apus_program {
  const apus_instruction *instructions;
  size_t instruction_count;
  uint32_t register_count;
  const apus_input *inputs;
  size_t input_count;
  const void *constants;
  size_t constant_count;
  const void *weights; /* `degree` words for each assertion: the powers of the batching challenge */
} apus_program;

/* Bytes of scratch that one call needs, over a field of words of `word_bytes` bytes and an extension of degree `degree`. */
size_t apus_evaluate_scratch_bytes(const apus_program *program, size_t word_bytes, size_t degree);

/* out[l][row] = limb l of the sum of all assertions at the row, times the word *scale, for begin <= row < end.
 * begin is a multiple of APUS_EVALUATE_BLOCK; the program was checked: registers written before they are read and every
 * operand in range. scratch: 64-byte aligned, of apus_evaluate_scratch_bytes bytes, one for each thread. */
typedef void apus_evaluate(void *const *out, const apus_program *program, const void *scale, void *scratch,
                           size_t begin, size_t end);

typedef struct apus_evaluate_kernels {
  apus_evaluate *babybear4, *babybear5, *goldilocks3;
} apus_evaluate_kernels;

const apus_evaluate_kernels *apus_evaluate_kernels_for(apus_isa isa);

#ifdef __cplusplus
}
#endif
#endif
