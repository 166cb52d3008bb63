// Instructions of a constraint program merged and made to use the value of the one before: include/apus_evaluate.h.
#include "include/apus_evaluate.h"

static int is_assertion(const apus_instruction *in) { return in->opcode == APUS_OP_ASSERT; }
static int reads(const apus_instruction *in, uint32_t operand) {
  return in->a == operand || (in->b == operand && !is_assertion(in));
}

/* Whether no instruction in [in, end) reads what the register holds before them. */
static int is_dead(const apus_instruction *in, const apus_instruction *end, uint32_t reg) {
  for (; in < end; in++) {
    if (reads(in, reg)) return 0;
    if (!is_assertion(in) && in->to == reg) return 1;
  }
  return 1;
}

/* x + x and the addition of it to something, in one. */
static int double_add(apus_instruction *to, const apus_instruction *in, const apus_instruction *end) {
  if (end - in < 2 || in[0].opcode != APUS_OP_ADD || in[0].a != in[0].b || in[1].opcode != APUS_OP_ADD) return 0;
  uint32_t doubled = in[0].to, other = in[1].a == doubled ? in[1].b : in[1].a;
  if (!reads(&in[1], doubled) || other == doubled) return 0;
  if (in[1].to != doubled && !is_dead(in + 2, end, doubled)) return 0;
  *to = (apus_instruction){APUS_OP_DOUBLE_ADD, in[1].to, in[0].a, other};
  return 1;
}

/* The same instruction with its operand `last`, a register that holds the last value, not read. */
static apus_instruction with_last(apus_instruction in, uint32_t last) {
  if ((in.opcode == APUS_OP_ADD || in.opcode == APUS_OP_MUL) && in.b == last) {
    in.b = in.a;
    in.a = last;
  }
  if (in.a == last) {
    switch (in.opcode) {
      case APUS_OP_ADD: in.opcode = APUS_OP_LAST_ADD; break;
      case APUS_OP_SUB: in.opcode = APUS_OP_LAST_SUB; break;
      case APUS_OP_MUL: in.opcode = APUS_OP_LAST_MUL; break;
      case APUS_OP_ASSERT: in.opcode = APUS_OP_LAST_ASSERT; break;
      case APUS_OP_DOUBLE_ADD: in.opcode = APUS_OP_LAST_DOUBLE_ADD; break;
    }
  } else if (in.opcode == APUS_OP_SUB && in.b == last) {
    in.opcode = APUS_OP_SUB_LAST;
  }
  return in;
}

size_t apus_evaluate_fuse(apus_instruction *instructions, size_t count) {
  const apus_instruction *in = instructions, *end = instructions + count;
  apus_instruction *to = instructions;
  uint32_t last = UINT32_MAX;
  while (in < end) {
    apus_instruction next = *in;
    in += double_add(&next, in, end) ? 2 : 1;
    *to++ = with_last(next, last);
    if (!is_assertion(&next)) last = next.to;
  }
  return (size_t)(to - instructions);
}
