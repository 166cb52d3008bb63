/* The constraint bytecode evaluator over a field, which evaluate_babybear.body.h or evaluate_goldilocks.body.h name.
 *
 * Scratch: `degree` result columns, a column for each register, each input (used where its block wraps around) and each
 * constant, all of one block; then a pointer to each operand's column. */

enum { BLOCK = APUS_EVALUATE_BLOCK };

#define FOR_BLOCK for (size_t i = 0; i < BLOCK; i += VECTOR_LANES)

/* The block of an input that starts at `row`: in place, or copied to `copy` where it wraps around. */
static const WORD *input_block(const apus_input *input, size_t row, WORD *copy) {
  const WORD *values = input->values;
  size_t mask = input->rows - 1, start = (row + input->rotation) & mask;
  if (start + BLOCK <= input->rows) return values + start;
  for (size_t i = 0; i < BLOCK; i++) copy[i] = values[(start + i) & mask];
  return copy;
}

INLINE void run_block(const apus_program *program, const WORD *const *operand, WORD *registers, WORD *result,
                      size_t degree) {
  const apus_instruction *end = program->instructions + program->instruction_count;
  const WORD *weights = program->weights;
  for (const apus_instruction *in = program->instructions; in < end; in++) {
    const WORD *a = operand[in->a], *b = operand[in->b];
    WORD *to = registers + (size_t)in->to * BLOCK;
    switch ((apus_opcode)in->opcode) {
      case APUS_OP_ADD:
        FOR_BLOCK store(to + i, add(load(a + i), load(b + i)));
        break;
      case APUS_OP_SUB:
        FOR_BLOCK store(to + i, sub(load(a + i), load(b + i)));
        break;
      case APUS_OP_MUL:
        FOR_BLOCK store(to + i, mul(load(a + i), load(b + i)));
        break;
      case APUS_OP_ASSERT: {
        const WORD *weight = weights + degree * in->to;
        for (size_t l = 0; l < degree; l++) {
          VECTOR w = set1(weight[l]);
          WORD *sum = result + l * BLOCK;
          FOR_BLOCK store(sum + i, add(load(sum + i), mul(load(a + i), w)));
        }
        break;
      }
    }
  }
}

INLINE void evaluate(void *const *out, const apus_program *program, const void *scale, void *scratch, size_t begin,
                     size_t end, size_t degree) {
  APUS_CHECK(begin % BLOCK == 0);
  WORD *result = scratch, *registers = result + degree * BLOCK;
  WORD *copies = registers + (size_t)program->register_count * BLOCK;
  WORD *fixed = copies + program->input_count * BLOCK;
  const WORD *constants = program->constants;
  const WORD **operand = (const WORD **)(void *)(fixed + program->constant_count * BLOCK);

  const WORD **inputs = operand + program->register_count;
  for (size_t r = 0; r < program->register_count; r++) operand[r] = registers + r * BLOCK;
  for (size_t c = 0; c < program->constant_count; c++) {
    inputs[program->input_count + c] = fixed + c * BLOCK;
    FOR_BLOCK store(fixed + c * BLOCK + i, set1(constants[c]));
  }
  VECTOR factor = set1(*(const WORD *)scale);
  for (size_t row = begin; row < end; row += BLOCK) {
    for (size_t c = 0; c < program->input_count; c++)
      inputs[c] = input_block(program->inputs + c, row, copies + c * BLOCK);
    memset(result, 0, degree * BLOCK * sizeof *result);
    run_block(program, operand, registers, result, degree);
    for (size_t l = 0; l < degree; l++)
      for (size_t i = 0; i < BLOCK && row + i < end; i += VECTOR_LANES)
        store_some((WORD *)out[l] + row + i, end - row - i, mul(load(result + l * BLOCK + i), factor));
  }
}
