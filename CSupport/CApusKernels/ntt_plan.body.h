/* Plans and cosets, and the calls that use them. Compiled for each field on the portable level, after ntt.body.h. */
#include <stdlib.h>
#include <sys/mman.h>

enum { HUGE_PAGE = 2 << 20 };

static WORD power(WORD base, uint64_t exponent) {
  WORD result = F_ONE;
  for (; exponent; exponent >>= 1, base = f_mul(base, base))
    if (exponent & 1) result = f_mul(result, base);
  return result;
}

/* The table of ntt_plan.h for a generator of the subgroup of order n; NULL without memory. */
static WORD *twiddle_table(WORD root, size_t n) {
  size_t bytes = n * sizeof(WORD);
  size_t alignment = bytes < HUGE_PAGE ? 64 : HUGE_PAGE;
  WORD *table = aligned_alloc(alignment, bytes < 64 ? 64 : bytes);
  if (!table) return NULL;
  /* Most of a large table's time is its first touch, and huge pages take a quarter of it. Only advice: may fail. */
  if (bytes >= HUGE_PAGE) madvise(table, bytes, MADV_HUGEPAGE);
  size_t top = n / 2;
  if (top) table[top] = F_ONE;
  /* By doubling: no chain of dependent products. */
  for (size_t done = 1; done < top; done *= 2, root = f_mul(root, root))
    for (size_t j = 0; j < done; j++) table[top + done + j] = f_mul(table[top + j], root);
  for (size_t h = top / 2; h > 0; h /= 2)
    for (size_t j = 0; j < h; j++) table[h + j] = table[2 * (h + j)];
  return table;
}

#define COSET APUS_JOIN(APUS_JOIN(apus, FIELD), ntt_coset)
#define CALL(name) APUS_JOIN(APUS_JOIN(APUS_JOIN(apus, FIELD), ntt), name)

static const KERNELS *kernels_of(apus_isa isa) {
  if (!apus_isa_supported(isa)) return NULL;
  switch (isa) {
    case APUS_ISA_AVX512: return &APUS_JOIN(APUS_JOIN(apus, FIELD), ntt_avx512);
    case APUS_ISA_AVX2: return &APUS_JOIN(APUS_JOIN(apus, FIELD), ntt_avx2);
    default: return &APUS_JOIN(APUS_JOIN(apus, FIELD), ntt_portable);
  }
}

/* first * ratio^rev(i); NULL without memory. */
static WORD *scale_table(const PLAN *plan, WORD first, WORD ratio) {
  WORD *table = aligned_alloc(64, ((sizeof(WORD) << plan->log_rows) + 63) / 64 * 64);
  if (table) plan->kernels->bit_reversed_powers(table, first, ratio, plan->log_rows);
  return table;
}

static WORD inverse_of(WORD x) { return power(x, F_ORDER - 1); }
/* 1 / N */
static WORD inverse_of_rows(const PLAN *plan) {
  WORD half = inverse_of(f_add(F_ONE, F_ONE));
  return power(half, plan->log_rows);
}

void APUS_JOIN(PLAN, destroy)(PLAN *plan) {
  if (!plan) return;
  free(plan->forward);
  free(plan->inverse);
  free(plan->divide);
  free(plan);
}

PLAN *APUS_JOIN(PLAN, create)(unsigned log_rows, apus_isa isa) {
  const KERNELS *kernels = kernels_of(isa);
  if (log_rows > F_TWO_ADICITY || !kernels) return NULL;
  PLAN *plan = malloc(sizeof *plan);
  if (!plan) return NULL;
  size_t n = (size_t)1 << log_rows;
  WORD root = power(F_GENERATOR, F_ORDER >> log_rows);
  *plan = (PLAN){
      .log_rows = log_rows,
      .kernels = kernels,
      .forward = twiddle_table(root, n),
      .inverse = twiddle_table(power(root, n - 1), n),
  };
  plan->divide = scale_table(plan, inverse_of_rows(plan), F_ONE);
  if (plan->forward && plan->inverse && plan->divide) return plan;
  APUS_JOIN(PLAN, destroy)(plan);
  return NULL;
}

void APUS_JOIN(COSET, destroy)(COSET *coset) {
  if (!coset) return;
  free(coset->forward);
  free(coset->inverse);
  free(coset);
}

COSET *APUS_JOIN(COSET, create)(const PLAN *plan, WORD shift) {
  F_CHECK(&shift, 1);
  APUS_CHECK(shift != 0);
  COSET *coset = malloc(sizeof *coset);
  if (!coset) return NULL;
  *coset = (COSET){
      .forward = scale_table(plan, F_ONE, shift),
      .inverse = scale_table(plan, inverse_of_rows(plan), inverse_of(shift)),
  };
  if (coset->forward && coset->inverse) return coset;
  APUS_JOIN(COSET, destroy)(coset);
  return NULL;
}

void CALL(forward)(const PLAN *plan, const COSET *coset, WORD *out, const WORD *in) {
  plan->kernels->forward(out, in, coset ? coset->forward : NULL, plan);
}

void CALL(inverse)(const PLAN *plan, const COSET *coset, WORD *out, const WORD *in) {
  plan->kernels->inverse(out, in, coset ? coset->inverse : plan->divide, plan);
}

void CALL(bit_reverse)(const PLAN *plan, WORD *words) { plan->kernels->bit_reverse(words, plan->log_rows); }
