/* Goldilocks for poseidon2_mix.body.h, poseidon2_rounds.body.h and poseidon2_lanes.body.h, which say what these are.
 * A state lies in registers only if no loop over it is left. */
#define UNROLLED _Pragma("clang loop unroll(full)")
#define add gl_add
#define mix_add w_add
#define reduced gl_reduce
#define add_constant(x, c) gl_add(x, w_set1(c))
#define FACTOR W
#define factor(x) (x)
#define mul gl_mul
#define square gl_square
#define last_mul gl_mul
/* Measured: the S-box of a partial round waits so long that a second state's fits beside it. */
#define WAYS (LANES64 == 1 ? 1 : 2)
/* All of them: a product waits nine cycles for each of its two carries (AVX-512 on Zen 5). */
#define ABREAST(width) (LANES64 == 8 ? (width) : 4)
#define WORD uint64_t
#define VECTOR W
#define VECTOR_LANES LANES64
#define MAXIMUM_WIDTH 12
#define DIGEST_WORDS 4
#define load_some gl_load_some
#define store_some gl_store_some
#define load_bytes w_load_bytes
#define store_bytes w_store_bytes
#define store_first w_store_first
#define transpose w_transpose
#define to_canonical(x) (x)
#define from_canonical gl_reduce
#define zero w_set1(0)
#define CHECK_WORDS(array, n) APUS_CHECK_BELOW64(array, APUS_GOLDILOCKS_P, n)
