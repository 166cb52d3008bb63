/* Making and destroying plans. Compiled for each field on the portable level, after ntt.body.h. */
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

void APUS_JOIN(PLAN, destroy)(PLAN *plan) {
  if (!plan) return;
  free(plan->forward);
  free(plan->inverse);
  free(plan);
}

PLAN *APUS_JOIN(PLAN, create)(unsigned log_rows) {
  if (log_rows > F_TWO_ADICITY) return NULL;
  PLAN *plan = malloc(sizeof *plan);
  if (!plan) return NULL;
  size_t n = (size_t)1 << log_rows;
  WORD root = power(F_GENERATOR, F_ORDER >> log_rows);
  *plan = (PLAN){
      .log_rows = log_rows,
      .forward = twiddle_table(root, n),
      .inverse = twiddle_table(power(root, n - 1), n),
  };
  if (plan->forward && plan->inverse) return plan;
  APUS_JOIN(PLAN, destroy)(plan);
  return NULL;
}
