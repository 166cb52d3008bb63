/* What the transforms ask of a field, for Goldilocks. Include after a level's two headers and before ntt.body.h.
 *
 * "Lazy" and "narrow" words are any 64-bit words, reduced ones in [0, p). */
#include "include/apus_goldilocks.h"
#include "ntt_plan.h"

#define FIELD goldilocks
#define WORD uint64_t
#define F_TWO_ADICITY APUS_GOLDILOCKS_TWO_ADICITY
#define F_ORDER (APUS_GOLDILOCKS_P - 1)
#define F_ONE 1u
/* 7 generates the multiplicative group. */
#define F_GENERATOR 7u
#define F_CHECK(words, n) APUS_CHECK_BELOW64(words, APUS_GOLDILOCKS_P, n)

#define FV W
#define F_LANES LANES64
#define F_LANES_LOG LANES64_LOG
#define f_load w_load
#define f_store w_store
#define f_set1 w_set1
#define f_transpose w_transpose

/* Reduced words in and out. */
#define f_add gl_add
#define f_sub gl_sub
/* A lazy word times a reduced one; reduced. */
#define f_mul gl_mul
#define f_reduce gl_reduce
#define f_narrow(x) (x)
/* A narrow word and a reduced one; lazy. */
#define f_add_lazy gl_add
#define f_sub_lazy gl_sub
