/* The evaluators over BabyBear. Compiled by evaluate_babybear_portable.c, _avx2.c and _avx512.c. */
#define WORD uint32_t
#define VECTOR V
#define VECTOR_LANES LANES
#define load v_load
#define store v_store
#define store_some bb_store_some
#define set1 v_set1
#define add bb_add
#define sub bb_sub
#define mul bb_mul

#include "babybear_sums.h"

enum { DEGREE_MOST = 5, VECTORS = LANES == 1 ? 32 : 8, BLOCK = VECTORS * LANES };
_Static_assert((int)EVALUATE_ASSERTED <= (int)BABYBEAR_TERMS, "a sum has room for so many products");

/* Of centred weights and values less h; what that misses does not depend on the row: babybear_sums.h. */
#define SUM D
#define sum_start() d_set1(BABYBEAR_SUM_START)
#define sum_value sum_reduced

INLINE void add_missing(uint32_t *missing, const uint32_t *weight, int degree) {
  for (int l = 0; l < degree; l++) missing[l] = babybear_add1(missing[l], babybear_mul1(weight[l], BABYBEAR_HALF));
}

INLINE void weigh(D *sums, const uint32_t *values, const uint32_t *const *weights, int count, int degree) {
  V half = v_set1(BABYBEAR_HALF), centred[EVALUATE_ASSERTED][DEGREE_MOST];
  for (int k = 0; k < count; k++)
    for (int l = 0; l < degree; l++) centred[k][l] = bb_centred(v_set1(weights[k][l]));
  for (int v = 0; v < VECTORS; v++) {
    D sum[DEGREE_MOST];
    for (int l = 0; l < degree; l++) sum[l] = sums[l * VECTORS + v];
    for (int k = 0; k < count; k++) {
      D x = d_spread(v_sub(v_load(values + k * BLOCK + v * LANES), half));
      for (int l = 0; l < degree; l++) sum[l] = d_add(sum[l], d_mul_signed(x, d_spread_equal(centred[k][l])));
    }
    for (int l = 0; l < degree; l++) sums[l * VECTORS + v] = sum_fold(sum[l]);
  }
}

#include "evaluate.body.h"

apus_evaluate LEVELED(apus_evaluate_babybear4), LEVELED(apus_evaluate_babybear5);
void LEVELED(apus_evaluate_babybear4)(void *const *out, const apus_program *program, const void *scale, void *scratch,
                                      size_t begin, size_t end) {
  evaluate(out, program, scale, scratch, begin, end, 4);
}
void LEVELED(apus_evaluate_babybear5)(void *const *out, const apus_program *program, const void *scale, void *scratch,
                                      size_t begin, size_t end) {
  evaluate(out, program, scale, scratch, begin, end, 5);
}
