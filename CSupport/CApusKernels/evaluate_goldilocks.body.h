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

#include "evaluate.body.h"

apus_evaluate LEVELED(apus_evaluate_goldilocks3);
void LEVELED(apus_evaluate_goldilocks3)(void *const *out, const apus_program *program, const void *scale, void *scratch,
                                        size_t begin, size_t end) {
  evaluate(out, program, scale, scratch, begin, end, 3);
}
