/* What the transforms ask of a field, for BabyBear. Include after a level's header and before ntt.body.h.
 *
 * "Lazy" words are in [0, 2p), "narrow" and reduced ones in [0, p). */
#include "include/apus_babybear.h"
#include "ntt_plan.h"

#define FIELD babybear
#define WORD uint32_t
#define F_TWO_ADICITY APUS_BABYBEAR_TWO_ADICITY
#define F_ORDER (APUS_BABYBEAR_P - 1)
/* 1 and 31 in Montgomery form; 31 generates the multiplicative group. */
#define F_ONE 0x0ffffffeu
#define F_GENERATOR 0x0fffffbeu
#define F_CHECK(words, n) APUS_CHECK_BELOW(words, APUS_BABYBEAR_P, n)

#define FV V
#define F_LANES LANES
#define F_LANES_LOG LANES_LOG
#define f_load v_load
#define f_store v_store
#define f_set1 v_set1
#define f_transpose v_transpose

/* Reduced words in and out. */
#define f_add bb_add
#define f_sub bb_sub
/* A lazy word times a reduced one; reduced: 2p < 2^32, so their product is below 2^32 * p. */
#define f_mul bb_mul
INLINE V f_reduce(V x) { return v_min(x, v_sub(x, v_set1(APUS_BABYBEAR_P))); }
#define f_narrow f_reduce
/* A narrow word and a reduced one; lazy. */
INLINE V f_add_lazy(V a, V b) { return v_add(a, b); }
INLINE V f_sub_lazy(V a, V b) { return v_add(v_sub(a, b), v_set1(APUS_BABYBEAR_P)); }
