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

/* Most rows of one block: ranges of rows best begin and end at its multiples. */
#define APUS_EVALUATE_BLOCK 128

/* `last` is the value of the last instruction before that is no assertion. */
typedef enum apus_opcode {
  APUS_OP_ADD = 0,    /* register[to] = a + b */
  APUS_OP_SUB = 1,    /* register[to] = a - b */
  APUS_OP_MUL = 2,    /* register[to] = a * b */
  APUS_OP_ASSERT = 3, /* result += weight[to] * a, an extension element times a base one */
  /* What apus_evaluate_fuse makes of these. Operands that an instruction does not name are any in range. */
  APUS_OP_LAST_ADD = 4,        /* register[to] = last + b */
  APUS_OP_LAST_SUB = 5,        /* register[to] = last - b */
  APUS_OP_SUB_LAST = 6,        /* register[to] = a - last */
  APUS_OP_LAST_MUL = 7,        /* register[to] = last * b */
  APUS_OP_DOUBLE_ADD = 8,      /* register[to] = 2 a + b */
  APUS_OP_LAST_DOUBLE_ADD = 9, /* register[to] = 2 last + b */
  APUS_OP_LAST_ASSERT = 10,    /* result += weight[to] * last */
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

/* Rewrites a program of the first four opcodes in place so that it runs faster and gives the same results: values that
 * the next instruction takes need not be read from their registers, and a doubling goes with the addition after it.
 * Returns the new count of instructions, at most `count`. Linear in `count` but for registers that are written long after
 * they were read last. */
size_t apus_evaluate_fuse(apus_instruction *instructions, size_t count);

/* Bytes of scratch that one call needs, over words of `word_bytes` bytes and an extension of degree `degree`. */
size_t apus_evaluate_scratch_bytes(const apus_program *program, size_t word_bytes, size_t degree);

/* out[l][row] = limb l of the sum of all assertions at the row, times the word *scale, for begin <= row < end.
 * The program was checked: registers written before they are read (and so is `last`), every operand in range, unnamed
 * ones too. scratch: 64-byte aligned, of apus_evaluate_scratch_bytes bytes, one for each thread. */
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
