/* BabyBear for poseidon2_mix.body.h, poseidon2_rounds.body.h and poseidon2_lanes.body.h, which say what these are.
 * A state lies in registers only if no loop over it is left. */
#define UNROLLED _Pragma("clang loop unroll(full)")
#define add bb_add
#define mix_add bb_add
#define reduced(x) (x)
#define add_constant(x, c) v_add(x, v_set1(c))
#define FACTOR D
#define factor d_spread
#define mul bb_signed_mul
#define square(x) bb_signed_mul(x, x)
#define last_mul bb_signed_mul_to_word
/* Measured: fewer S-boxes wait for each other, more do not fit the registers. A second state in the partial rounds
 * gains a twentieth on AVX2 in width 16 and loses as much in width 24, as it goes through memory. */
#define WAYS 1
#define ABREAST(width) 8
#define WORD uint32_t
#define VECTOR V
#define VECTOR_LANES LANES
#define MAXIMUM_WIDTH 24
#define DIGEST_WORDS 8
#define load_some bb_load_some
#define store_some bb_store_some
#define load_bytes v_load_bytes
#define store_bytes v_store_bytes
#define store_first v_store_first
#define transpose v_transpose
/* The Montgomery products with 1 and with 2^64 mod p, which take any word. */
#define to_canonical(x) bb_mul(x, v_set1(1))
#define from_canonical(x) bb_mul(x, v_set1(0x45dddde3u))
#define zero v_set1(0)
#define CHECK_WORDS(array, n) APUS_CHECK_BELOW(array, 0x78000001u, n)
