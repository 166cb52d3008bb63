// One evaluator against arithmetic of single words. Included by evaluate_harness.c, which defines NAME, WORD, PRIME,
// DEGREE and INVERSE (what a product of words is multiplied by to be a word again).

#define JOIN2(a, b) a##_##b
#define JOIN(a, b) JOIN2(a, b)
#define NAMED(name) JOIN(name, NAME)

static WORD NAMED(random)(void) {
  static const WORD edges[] = {0, 1, PRIME - 1, PRIME / 2};
  return random_word() % 4 ? (WORD)(random_word() % PRIME) : edges[random_word() % 4];
}
static WORD NAMED(add)(WORD a, WORD b) { return (WORD)(((unsigned __int128)a + b) % PRIME); }
static WORD NAMED(sub)(WORD a, WORD b) { return NAMED(add)(a, PRIME - b); }
static WORD NAMED(mul)(WORD a, WORD b) {
  return (WORD)((unsigned __int128)a * b % PRIME * (unsigned __int128)INVERSE % PRIME);
}

static void NAMED(expected_row)(WORD sum[DEGREE], const apus_program *p, WORD scale, size_t row) {
  WORD value[OPERANDS] = {0};
  const WORD *weights = p->weights;
  for (size_t c = 0; c < INPUTS; c++) {
    const apus_input *in = p->inputs + c;
    value[REGISTERS + c] = ((const WORD *)in->values)[(row + in->rotation) % in->rows];
  }
  memcpy(value + REGISTERS + INPUTS, p->constants, CONSTANTS * sizeof *value);
  memset(sum, 0, DEGREE * sizeof *sum);
  for (size_t s = 0; s < p->instruction_count; s++) {
    const apus_instruction *in = p->instructions + s;
    WORD a = value[in->a], b = value[in->b];
    switch (in->opcode) {
      case APUS_OP_ADD: value[in->to] = NAMED(add)(a, b); break;
      case APUS_OP_SUB: value[in->to] = NAMED(sub)(a, b); break;
      case APUS_OP_MUL: value[in->to] = NAMED(mul)(a, b); break;
      default:
        for (size_t l = 0; l < DEGREE; l++) sum[l] = NAMED(add)(sum[l], NAMED(mul)(a, weights[DEGREE * in->to + l]));
    }
  }
  for (size_t l = 0; l < DEGREE; l++) sum[l] = NAMED(mul)(sum[l], scale);
}

static WORD *NAMED(words)(size_t n) {
  WORD *words = exact(n * sizeof *words);
  for (size_t i = 0; i < n; i++) words[i] = NAMED(random)();
  return words;
}

static void NAMED(check)(apus_evaluate *evaluate, int isa, size_t rows) {
  apus_input inputs[INPUTS];
  for (size_t c = 0; c < INPUTS; c++) {
    size_t period = c < 4 ? rows : rows >> c;
    inputs[c] = (apus_input){NAMED(words)(period), period, c < 2 ? 0 : random_word() % period};
  }
  apus_instruction steps[STEPS + ASSERTIONS];
  random_steps(steps);
  WORD *constants = NAMED(words)(CONSTANTS), *weights = NAMED(words)(DEGREE * ASSERTIONS), scale = NAMED(random)();
  apus_program program = {steps, STEPS + ASSERTIONS, REGISTERS, inputs, INPUTS, constants, CONSTANTS, weights};
  apus_instruction merged[STEPS + ASSERTIONS];
  memcpy(merged, steps, sizeof merged);
  apus_program fused = program;
  fused.instructions = merged;
  fused.instruction_count = apus_evaluate_fuse(merged, STEPS + ASSERTIONS);
  fused_away += program.instruction_count - fused.instruction_count;

  void *out[DEGREE];
  for (size_t l = 0; l < DEGREE; l++) out[l] = NAMED(words)(rows);
  size_t bytes = apus_evaluate_scratch_bytes(&program, sizeof(WORD), DEGREE);
  void *scratch = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (!scratch) exit(1);
  /* The fused program from the middle of a block on. */
  evaluate(out, &program, &scale, scratch, 0, rows);
  evaluate(out, &fused, &scale, scratch, rows / 3, rows);
  for (size_t row = 0; row < rows; row++) {
    WORD sum[DEGREE];
    NAMED(expected_row)(sum, &program, scale, row);
    for (size_t l = 0; l < DEGREE; l++) {
      WORD actual = ((WORD *)out[l])[row];
      if (actual == sum[l]) continue;
      fprintf(stderr, "degree %d, row %zu of %zu, limb %zu on instruction set %d: %llu, expected %llu\n", DEGREE, row,
              rows, l, isa, (unsigned long long)actual, (unsigned long long)sum[l]);
      exit(1);
    }
  }
  free(scratch);
  for (size_t l = 0; l < DEGREE; l++) free(out[l]);
  for (size_t c = 0; c < INPUTS; c++) free((void *)inputs[c].values);
  free(constants);
  free(weights);
}

#undef NAMED
#undef JOIN
#undef JOIN2
#undef NAME
#undef WORD
#undef PRIME
#undef DEGREE
#undef INVERSE
