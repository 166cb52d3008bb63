// Plans of the transforms, and which kernels a machine runs.
#include <stdlib.h>

#include "level_portable.h"
#include "ntt_plan.h"
#include "include/apus_babybear.h"

/* 1 and 31 in Montgomery form; 31 generates the multiplicative group. */
enum { BABYBEAR_ONE = 0x0ffffffe, BABYBEAR_GENERATOR = 0x0fffffbe };

static uint32_t babybear_power(uint32_t base, uint64_t exponent) {
  uint32_t result = BABYBEAR_ONE;
  for (; exponent; exponent >>= 1, base = bb_mul(base, base))
    if (exponent & 1) result = bb_mul(result, base);
  return result;
}

/* The table of ntt_plan.h for a generator of the subgroup of order n; NULL without memory. */
static uint32_t *babybear_twiddles(uint32_t root, size_t n) {
  uint32_t *table = aligned_alloc(64, n < 16 ? 64 : n * sizeof *table);
  if (!table) return NULL;
  size_t top = n / 2;
  if (n > 1) table[top] = BABYBEAR_ONE;
  /* Powers by doubling: every step multiplies what is there by one factor, without a chain of dependent products. */
  for (size_t done = 1; done < top; done *= 2, root = bb_mul(root, root))
    for (size_t j = 0; j < done; j++) table[top + done + j] = bb_mul(table[top + j], root);
  for (size_t h = top / 2; h > 0; h /= 2)
    for (size_t j = 0; j < h; j++) table[h + j] = table[2 * (h + j)];
  return table;
}

apus_babybear_ntt_plan *apus_babybear_ntt_plan_create(unsigned log_rows) {
  if (log_rows > APUS_BABYBEAR_TWO_ADICITY) return NULL;
  apus_babybear_ntt_plan *plan = malloc(sizeof *plan);
  if (!plan) return NULL;
  size_t n = (size_t)1 << log_rows;
  uint32_t root = babybear_power(BABYBEAR_GENERATOR, (APUS_BABYBEAR_P - 1) >> log_rows);
  *plan = (apus_babybear_ntt_plan){
      .log_rows = log_rows,
      .forward = babybear_twiddles(root, n),
      .inverse = babybear_twiddles(babybear_power(root, n - 1), n),
  };
  if (plan->forward && plan->inverse) return plan;
  apus_babybear_ntt_plan_destroy(plan);
  return NULL;
}

void apus_babybear_ntt_plan_destroy(apus_babybear_ntt_plan *plan) {
  if (!plan) return;
  free(plan->forward);
  free(plan->inverse);
  free(plan);
}

const apus_babybear_ntt_kernels *apus_babybear_ntt_kernels_for(apus_isa isa) {
  if (!apus_isa_supported(isa)) return NULL;
  switch (isa) {
    case APUS_ISA_PORTABLE: return &apus_babybear_ntt_portable;
    case APUS_ISA_AVX2: return &apus_babybear_ntt_avx2;
    case APUS_ISA_AVX512: return &apus_babybear_ntt_avx512;
  }
  return NULL;
}

#include "level_end.h"
