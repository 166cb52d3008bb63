/* The constraint bytecode evaluator. Compiled by evaluate_portable.c, evaluate_avx2.c and evaluate_avx512.c.
 *
 * Scratch: five result columns, a column for each register, each input (used where its block wraps around) and each
 * constant, all of one block; then a pointer to each operand's column. */

enum { BLOCK = APUS_EVALUATE_BLOCK };

#define FOR_BLOCK for (size_t i = 0; i < BLOCK; i += LANES)

/* The block of an input that starts at `row`: in place, or copied to `copy` where it wraps around. */
static const uint32_t *input_block(const apus_input *input, size_t row, uint32_t *copy) {
  size_t mask = input->rows - 1, start = (row + input->rotation) & mask;
  if (start + BLOCK <= input->rows) return input->values + start;
  for (size_t i = 0; i < BLOCK; i++) copy[i] = input->values[(start + i) & mask];
  return copy;
}

static void run_block(const apus_program *program, const uint32_t *const *operand, uint32_t *registers,
                      uint32_t *result) {
  const apus_instruction *end = program->instructions + program->instruction_count;
  for (const apus_instruction *in = program->instructions; in < end; in++) {
    const uint32_t *a = operand[in->a], *b = operand[in->b];
    uint32_t *to = registers + (size_t)in->to * BLOCK;
    switch ((apus_opcode)in->opcode) {
      case APUS_OP_ADD:
        FOR_BLOCK v_store(to + i, bb_add(v_load(a + i), v_load(b + i)));
        break;
      case APUS_OP_SUB:
        FOR_BLOCK v_store(to + i, bb_sub(v_load(a + i), v_load(b + i)));
        break;
      case APUS_OP_MUL:
        FOR_BLOCK v_store(to + i, bb_mul(v_load(a + i), v_load(b + i)));
        break;
      case APUS_OP_ASSERT: {
        const uint32_t *weight = program->weights + 5 * (size_t)in->to;
        for (size_t l = 0; l < 5; l++) {
          V w = v_set1(weight[l]);
          uint32_t *sum = result + l * BLOCK;
          FOR_BLOCK v_store(sum + i, bb_add(v_load(sum + i), bb_mul(v_load(a + i), w)));
        }
        break;
      }
    }
  }
}

static void LEVELED(evaluate)(uint32_t *const *out, const apus_program *program, uint32_t scale, uint32_t *scratch,
                              size_t begin, size_t end) {
  APUS_CHECK(begin % BLOCK == 0);
  uint32_t *result = scratch, *registers = result + 5 * BLOCK;
  uint32_t *copies = registers + (size_t)program->register_count * BLOCK;
  uint32_t *constants = copies + program->input_count * BLOCK;
  const uint32_t **operand = (const uint32_t **)(void *)(constants + program->constant_count * BLOCK);

  const uint32_t **inputs = operand + program->register_count, **fixed = inputs + program->input_count;
  for (size_t r = 0; r < program->register_count; r++) operand[r] = registers + r * BLOCK;
  for (size_t c = 0; c < program->constant_count; c++) {
    fixed[c] = constants + c * BLOCK;
    FOR_BLOCK v_store(constants + c * BLOCK + i, v_set1(program->constants[c]));
  }
  V factor = v_set1(scale);
  for (size_t row = begin; row < end; row += BLOCK) {
    for (size_t c = 0; c < program->input_count; c++)
      inputs[c] = input_block(program->inputs + c, row, copies + c * BLOCK);
    memset(result, 0, 5 * BLOCK * sizeof *result);
    run_block(program, operand, registers, result);
    for (size_t l = 0; l < 5; l++)
      for (size_t i = 0; i < BLOCK && row + i < end; i += LANES)
        bb_store_some(out[l] + row + i, end - row - i, bb_mul(v_load(result + l * BLOCK + i), factor));
  }
}

const apus_evaluate_kernels LEVELED(apus_evaluate_kernels) = {.evaluate = LEVELED(evaluate)};
