/* The evaluator over Goldilocks. Compiled by evaluate_goldilocks_portable.c, _avx2.c and _avx512.c. */
#define WORD uint64_t
#define VECTOR W
#define VECTOR_LANES LANES64
#define load w_load
#define store w_store
#define store_some gl_store_some
#define set1 w_set1
#define add gl_add
#define sub gl_sub
#define mul gl_mul
#include "goldilocks_sums.h"

enum { DEGREE_MOST = 3, VECTORS = LANES64 == 1 ? 32 : 8, BLOCK = VECTORS * LANES64 };

#define SUM W
#define sum_start() w_set1(0)
#define sum_value(s) (s)

INLINE void add_missing(uint64_t *missing, const uint64_t *weight, int degree) {
  (void)missing, (void)weight, (void)degree;
}

INLINE void weigh(W *sums, const uint64_t *values, const uint64_t *const *weights, int count, int degree) {
  GFactor factors[EVALUATE_ASSERTED][DEGREE_MOST];
  for (int k = 0; k < count; k++)
    for (int l = 0; l < degree; l++) factors[k][l] = g_factor(w_set1(weights[k][l]));
  for (int v = 0; v < VECTORS; v++) {
    UNROLLED for (int first = 0; first < degree; first += GOLDILOCKS_SUMS) {
      GSum sum[GOLDILOCKS_SUMS];
      UNROLLED for (int l = 0; l < GOLDILOCKS_SUMS; l++) sum[l] = g_sum_start();
      for (int k = 0; k < count; k++) {
        W x = w_load(values + k * BLOCK + v * LANES64), high = w_high(x);
        UNROLLED for (int l = 0; l < GOLDILOCKS_SUMS; l++) sum[l] = g_sum_add(sum[l], x, high, factors[k][first + l]);
      }
      UNROLLED for (int l = 0; l < GOLDILOCKS_SUMS; l++) {
        W *to = sums + (first + l) * VECTORS + v;
        *to = gl_add(*to, g_sum_reduced(sum[l]));
      }
    }
  }
}

#include "evaluate.body.h"

apus_evaluate LEVELED(apus_evaluate_goldilocks3);
void LEVELED(apus_evaluate_goldilocks3)(void *const *out, const apus_program *program, const void *scale, void *scratch,
                                        size_t begin, size_t end) {
  evaluate(out, program, scale, scratch, begin, end, 3);
}
