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
