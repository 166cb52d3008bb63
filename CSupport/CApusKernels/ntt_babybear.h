/* What the transforms ask of a field, for BabyBear. Include after a level's header and before ntt.body.h. */
#include "include/apus_babybear.h"
#include "include/apus_ntt.h"

#define FIELD babybear
#define WORD uint32_t
#define FV V
#define F_LANES LANES
#define F_LANES_LOG LANES_LOG
#define F_PLAN apus_babybear_ntt_plan
#define F_KERNELS apus_babybear_ntt_kernels
#define F_CHECK(words, n) APUS_CHECK_BELOW(words, APUS_BABYBEAR_P, n)

#define f_load v_load
#define f_store v_store
#define f_set1 v_set1
#define f_transpose v_transpose
#define f_add bb_add
#define f_sub bb_sub
#define f_mul bb_mul
/* a - b + p, in (0, 2p): as a factor of f_mul beside one below p it needs no reduction. */
INLINE V f_sub_lazy(V a, V b) { return v_add(v_sub(a, b), v_set1(APUS_BABYBEAR_P)); }
