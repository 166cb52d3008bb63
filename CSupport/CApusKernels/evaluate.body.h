/* The constraint bytecode evaluator over a field. evaluate_babybear.body.h and evaluate_goldilocks.body.h name the field's
 * operations on vectors, the block, BLOCK rows in VECTORS vectors, and how assertions are summed:
 *
 *   SUM, sum_start(), sum_value(s)   the sum of one limb in a vector of rows; sum_value is in [0, p)
 *   weigh(sums, values, weights, count, degree)
 *                                    adds `count` blocks of values, at most EVALUATE_ASSERTED, times their weights to
 *                                    the block's sums; limb l of vector v is sums[l * VECTORS + v]
 *   add_missing(missing, weight, degree)
 *                                    adds to the limbs in `missing` what the sums miss by one value of that weight
 *
 * A block's vectors are so few that the value of the last instruction stays in registers: most values are taken by the
 * next instruction, and what goes through memory comes back some ten cycles later. Results are stored in any case, as
 * later instructions may read them. Asserted values wait for others and are weighed together, so that sums are loaded,
 * stored and reduced once for EVALUATE_ASSERTED of them.
 *
 * Scratch: `degree` blocks of sums, EVALUATE_ASSERTED of values that wait, one for each register, each input (used where
 * it wraps around) and each constant; then a pointer to each operand's block. */

_Static_assert(BLOCK <= APUS_EVALUATE_BLOCK, "scratch is for blocks of at most APUS_EVALUATE_BLOCK rows");
_Static_assert(sizeof(SUM) <= EVALUATE_SUM_BYTES * VECTOR_LANES, "scratch is for sums of at most so many bytes");

#define EACH_VECTOR _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++)

/* The block of an input that starts at `row`: in place, or copied to `copy` where it wraps around. `ahead` becomes at
 * most the count of blocks after it that follow it in memory. */
static const WORD *input_block(const apus_input *input, size_t row, WORD *copy, size_t *ahead) {
  const WORD *values = input->values;
  size_t mask = input->rows - 1, start = (row + input->rotation) & mask;
  if (start + BLOCK <= input->rows) {
    size_t whole = (input->rows - start) / BLOCK - 1;
    if (whole < *ahead) *ahead = whole;
    return values + start;
  }
  *ahead = 0;
  for (size_t i = 0; i < BLOCK; i++) copy[i] = values[(start + i) & mask];
  return copy;
}

/* The blocks of all inputs that start at `row`, from the ones before them where `ahead` says so. */
INLINE void place_inputs(const WORD **inputs, const apus_program *program, size_t row, WORD *copies, size_t *ahead) {
  if (*ahead) {
    --*ahead;
    for (size_t c = 0; c < program->input_count; c++) inputs[c] += BLOCK;
    return;
  }
  *ahead = SIZE_MAX;
  for (size_t c = 0; c < program->input_count; c++)
    inputs[c] = input_block(program->inputs + c, row, copies + c * BLOCK, ahead);
}

INLINE VECTOR vector_of(const WORD *column, int v) { return load(column + v * VECTOR_LANES); }

/* The lines of the inputs' next block, which the second cache is asked for between instructions: there are too many
 * inputs for the processor to foresee where they go on. 136 columns of 2^16 rows, 3575 instructions, AVX-512, Zen 5: 273
 * nanoseconds a row without, 190 with it. */
enum { LINE = 64, LINES = (BLOCK * sizeof(WORD) + LINE - 1) / LINE };
typedef struct Ahead {
  const WORD *const *inputs;
  size_t input_count, next, line;
} Ahead;
INLINE void ask(Ahead *a) {
  if (a->next == a->input_count) return;
  __builtin_prefetch((const char *)(a->inputs[a->next] + BLOCK) + LINE * a->line, 0, 2);
  if (++a->line == LINES) a->next++, a->line = 0;
}

INLINE void run_block(const apus_program *program, const WORD *const *operand, WORD *registers, WORD *waiting,
                      SUM *sums, int degree) {
  Ahead ahead = {operand + program->register_count, program->input_count, 0, 0};
  const apus_instruction *end = program->instructions + program->instruction_count;
  const WORD *weights[EVALUATE_ASSERTED];
  int count = 0;
  VECTOR last[VECTORS];
  EACH_VECTOR last[v] = set1(0);
  for (const apus_instruction *in = program->instructions; in < end; in++) {
    const WORD *a = operand[in->a], *b = operand[in->b];
    for (int k = 0; k < 2; k++) ask(&ahead);
    switch ((apus_opcode)in->opcode) {
      case APUS_OP_ADD:
        EACH_VECTOR last[v] = add(vector_of(a, v), vector_of(b, v));
        break;
      case APUS_OP_SUB:
        EACH_VECTOR last[v] = sub(vector_of(a, v), vector_of(b, v));
        break;
      case APUS_OP_MUL:
        EACH_VECTOR last[v] = mul(vector_of(a, v), vector_of(b, v));
        break;
      case APUS_OP_LAST_ADD:
        EACH_VECTOR last[v] = add(last[v], vector_of(b, v));
        break;
      case APUS_OP_LAST_SUB:
        EACH_VECTOR last[v] = sub(last[v], vector_of(b, v));
        break;
      case APUS_OP_SUB_LAST:
        EACH_VECTOR last[v] = sub(vector_of(a, v), last[v]);
        break;
      case APUS_OP_LAST_MUL:
        EACH_VECTOR last[v] = mul(last[v], vector_of(b, v));
        break;
      case APUS_OP_LAST_DOUBLE_ADD:
        EACH_VECTOR last[v] = add(add(last[v], last[v]), vector_of(b, v));
        break;
      case APUS_OP_DOUBLE_ADD:
        EACH_VECTOR {
          VECTOR x = vector_of(a, v);
          last[v] = add(add(x, x), vector_of(b, v));
        }
        break;
      case APUS_OP_ASSERT:
        EACH_VECTOR store(waiting + count * BLOCK + v * VECTOR_LANES, vector_of(a, v));
        goto asserted;
      case APUS_OP_LAST_ASSERT:
        EACH_VECTOR store(waiting + count * BLOCK + v * VECTOR_LANES, last[v]);
      asserted:
        weights[count++] = (const WORD *)program->weights + (size_t)degree * in->to;
        if (count == EVALUATE_ASSERTED) {
          weigh(sums, waiting, weights, EVALUATE_ASSERTED, degree);
          count = 0;
        }
        continue;
    }
    WORD *to = registers + (size_t)in->to * BLOCK;
    EACH_VECTOR store(to + v * VECTOR_LANES, last[v]);
  }
  if (count) weigh(sums, waiting, weights, count, degree);
}

INLINE void evaluate(void *const *out, const apus_program *program, const void *scale, void *scratch, size_t begin,
                     size_t end, int degree) {
  SUM *sums = scratch;
  WORD *waiting = (WORD *)(sums + degree * VECTORS), *registers = waiting + EVALUATE_ASSERTED * BLOCK;
  WORD *copies = registers + (size_t)program->register_count * BLOCK;
  WORD *fixed = copies + program->input_count * BLOCK;
  const WORD *constants = program->constants;
  const WORD **operand = (const WORD **)(void *)(fixed + program->constant_count * BLOCK);

  const WORD **inputs = operand + program->register_count;
  for (size_t r = 0; r < program->register_count; r++) operand[r] = registers + r * BLOCK;
  for (size_t c = 0; c < program->constant_count; c++) {
    inputs[program->input_count + c] = fixed + c * BLOCK;
    EACH_VECTOR store(fixed + c * BLOCK + (size_t)v * VECTOR_LANES, set1(constants[c]));
  }
  WORD missing[DEGREE_MOST] = {0};
  for (size_t i = 0; i < program->instruction_count; i++) {
    const apus_instruction *in = program->instructions + i;
    if (in->opcode == APUS_OP_ASSERT || in->opcode == APUS_OP_LAST_ASSERT)
      add_missing(missing, (const WORD *)program->weights + (size_t)degree * in->to, degree);
  }
  VECTOR factor = set1(*(const WORD *)scale);
  size_t ahead = 0;
  for (size_t row = begin; row < end; row += BLOCK) {
    place_inputs(inputs, program, row, copies, &ahead);
    for (int i = 0; i < degree * VECTORS; i++) sums[i] = sum_start();
    run_block(program, operand, registers, waiting, sums, degree);
    for (int l = 0; l < degree; l++)
      for (size_t i = 0; i < BLOCK && row + i < end; i += VECTOR_LANES) {
        VECTOR value = add(sum_value(sums[(size_t)l * VECTORS + i / VECTOR_LANES]), set1(missing[l]));
        store_some((WORD *)out[l] + row + i, end - row - i, mul(value, factor));
      }
  }
}
