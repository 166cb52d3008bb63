/* One Poseidon2 state over BabyBear at the AVX2 level, for whoever waits for it (a transcript, the top of a tree): what
 * counts is how long each result is waited for. So each word has 64 bits: E holds a block of eight words' even ones, O
 * the odd ones, no sum is reduced before the next S-box, and the partial rounds' S-box, all that the next round waits
 * for, is scalar. Compiled by poseidon2_babybear_avx2.c.
 *
 * Words are "signed" in the low half of their 64 bits, in (-p, p), as factors of vpmuldq, or "wide": 64-bit integers
 * from 0 to 100 p. */

#include "poseidon2_one.h"

enum { MAXIMUM_BLOCKS = 3, P = 0x78000001 };

/* The words are e + add_e and o + add_o: the sums come last, what is added to words before need not wait for them. */
typedef struct {
  V e[MAXIMUM_BLOCKS], o[MAXIMUM_BLOCKS], add_e, add_o;
} Wide;

#define add64 _mm256_add_epi64
#define sub64 _mm256_sub_epi64
#define set64 _mm256_set1_epi64x
#define shr64 _mm256_srli_epi64
/* The 64-bit lanes of each 128 exchanged; the 128-bit lanes exchanged. */
#define swap64(x) _mm256_shuffle_epi32(x, 0x4e)
#define swap128(x) _mm256_permute2x128_si256(x, x, 1)

INLINE Wide widen(const uint32_t *words, int blocks) {
  Wide w = {.add_e = v_set1(0), .add_o = v_set1(0)};
  UNROLLED for (int b = 0; b < blocks; b++) {
    V x = v_load(words + 8 * b);
    w.e[b] = _mm256_blend_epi32(x, v_set1(0), 0xAA);
    w.o[b] = shr64(x, 32);
  }
  return w;
}

/* x, ready before what it is added to or subtracted from: the compiler would put sums in another order. */
INLINE V ready(V x) {
  __asm__("" : "+x"(x));
  return x;
}

/* Wide x + y to signed: x + y - k p, where k is (x + y) / p or one less, as 1 / p = (1 + 1/16 + ...) / 2^31. Some half
 * of p, added for k only, moves the result from [0, 1.4 p) to the middle. */
INLINE V to_signed(V x, V y) {
  V moved = add64(ready(add64(x, set64(11 * (int64_t)P / 16))), y);
  V k = shr64(add64(moved, shr64(moved, 4)), 31);
  return sub64(add64(x, y), v_mul_even_signed(k, v_set1(P)));
}
/* The signed Montgomery reduction of t, where q is t p^-1 in the low half: plus p, wide. */
INLINE V reduced_to_wide(V t, V q) {
  V moved = ready(add64(t, set64((int64_t)P << 32)));
  return shr64(sub64(moved, v_mul_even_signed(q, v_set1(P))), 32);
}

/* Wide: the product with the matrix of blocks of four, then to each word the sum of those congruent modulo four. */
INLINE void external_layer_one(Wide *s, int blocks) {
  V sum_e = v_set1(0), sum_o = v_set1(0);
  UNROLLED for (int b = 0; b < blocks; b++) {
    V e = s->e[b], o = s->o[b], pair = add64(e, o), four = add64(pair, swap64(pair)), e2 = swap64(e);
    s->e[b] = add64(four, add64(e, add64(o, o)));
    s->o[b] = add64(four, add64(o, add64(e2, e2)));
    sum_e = b ? add64(sum_e, s->e[b]) : s->e[b];
    sum_o = b ? add64(sum_o, s->o[b]) : s->o[b];
  }
  s->add_e = add64(sum_e, swap128(sum_e));
  s->add_o = add64(sum_o, swap128(sum_o));
}

INLINE void full_round_one(Wide *s, int blocks, const uint32_t *constants) {
  D x1[MAXIMUM_BLOCKS], x2[MAXIMUM_BLOCKS], x3[MAXIMUM_BLOCKS], x4[MAXIMUM_BLOCKS];
  UNROLLED for (int b = 0; b < blocks; b++) {
    V c = v_add(v_load(constants + 8 * b), v_set1(P));
    x1[b].even = to_signed(add64(s->e[b], _mm256_blend_epi32(c, v_set1(0), 0xAA)), s->add_e);
    x1[b].odd = to_signed(add64(s->o[b], shr64(c, 32)), s->add_o);
  }
  UNROLLED for (int b = 0; b < blocks; b++) x2[b] = bb_signed_mul(x1[b], x1[b]);
  UNROLLED for (int b = 0; b < blocks; b++) x3[b] = bb_signed_mul(x2[b], x1[b]);
  UNROLLED for (int b = 0; b < blocks; b++) x4[b] = bb_signed_mul(x2[b], x2[b]);
  UNROLLED for (int b = 0; b < blocks; b++) {
    V e = v_mul_even_signed(x3[b].even, x4[b].even), o = v_mul_even_signed(x3[b].odd, x4[b].odd);
    s->e[b] = reduced_to_wide(e, v_mul_even_signed(e, v_set1(0x88000001u)));
    s->o[b] = reduced_to_wide(o, v_mul_even_signed(o, v_set1(0x88000001u)));
  }
  external_layer_one(s, blocks);
}

INLINE uint64_t sum_all(const Wide *s, int blocks) {
  V sum = add64(s->e[0], s->o[0]);
  UNROLLED for (int b = 1; b < blocks; b++) sum = add64(sum, add64(s->e[b], s->o[b]));
  sum = add64(sum, swap128(sum));
  sum = add64(sum, swap64(sum));
  return (uint64_t)_mm_cvtsi128_si64(_mm256_castsi256_si128(sum));
}

/* The Montgomery product a * b * 2^-32 for |a * b| < 2^63, without the two multiplications of a reduction, which would
 * be waited for: p is 15 * 2^27 + 1, so t = high * 2^k + low is (high - low * 15 * 2^(27 - k)) * 2^k, and steps of
 * k = 27 and k = 5 take t to between t * 2^-32 - 1.01 p and t * 2^-32. */
INLINE int64_t signed_mul1(int64_t a, int64_t b) {
  int64_t t = a * b, low = t & ((1 << 27) - 1);
  t = ((t >> 27) + low) - (low << 4);
  uint64_t low5 = (uint64_t)t << 59;
  return ((t >> 5) + (int64_t)(low5 >> 37)) - (int64_t)(low5 >> 33);
}
/* x^7 in (-1.8 p, 0.8 p) for x in (-1.35 p, 1.35 p). */
INLINE int64_t sbox1(int64_t x) {
  int64_t x2 = signed_mul1(x, x), x3 = signed_mul1(x2, x), x4 = signed_mul1(x2, x2);
  return signed_mul1(x3, x4);
}
/* x - k p, within 0.53 p for |x| < 100 p and within 1.2 p for |x| < 2400 p: 1 / p = (1 + 1/16 + 1/256 + ...) / 2^31. */
INLINE int64_t reduce1(int64_t x) {
  int64_t k = (x + (1ll << 30) + ((x >> 4) + (x >> 8))) >> 31;
  return x - k * P;
}

/* The words other than word 0 go by s' = S + d s, where S is the sum of all. The next sum of them is 15 S (23 S) and
 * the sum of all d s, which does not wait for S: nor does the scalar S-box then wait for the vectors. `diagonal` is d
 * in Montgomery form, nearest to zero, with 0 for word 0, and `diagonal_q` its multiples by p^-1 modulo 2^32. */
INLINE void partial_rounds_one(Wide *s, int blocks, const uint32_t *diagonal, const uint32_t *diagonal_q,
                               const uint32_t *constants, int rounds) {
  V p_high = set64((int64_t)P << 32);
  UNROLLED for (int b = 0; b < blocks; b++) {
    s->e[b] = add64(s->e[b], s->add_e);
    s->o[b] = add64(s->o[b], s->add_o);
  }
  s->add_e = s->add_o = v_set1(0);
  int64_t first = _mm_cvtsi128_si64(_mm256_castsi256_si128(s->e[0]));
  s->e[0] = _mm256_and_si256(s->e[0], _mm256_setr_epi64x(0, -1, -1, -1));
  int64_t total = reduce1((int64_t)sum_all(s, blocks)), x = reduce1(first + (int32_t)constants[0]);
  UNROLLED for (int b = 0; b < blocks; b++) {
    s->e[b] = to_signed(s->e[b], s->add_e);
    s->o[b] = to_signed(s->o[b], s->add_o);
  }
  _Pragma("clang loop unroll(disable)") for (int round = 0; round < rounds; round++) {
    /* What word 0 comes from in the next round, for y and for y + p: both ready before y, and before one is chosen. */
    int64_t next = reduce1(total + (int32_t)constants[round + 1]), next_less = next - P;
    __asm__("" : "+r"(next), "+r"(next_less));
    int64_t y = sbox1(x), less = next_less - y;
    x = next - y;
    __asm__("" : "+r"(x), "+r"(less));
    x = y < -P / 2 ? less : x;

    int64_t rest = reduce1(total), sum = y + (y < -P / 2 ? P : 0);
    sum += rest < 0 ? rest + P : rest;
    sum += sum < 0 ? P : 0;
    sum -= sum < P ? 0 : P;
    V S = set64(sum - P);
    Wide products;
    UNROLLED for (int b = 0; b < blocks; b++) {
      V d = v_load(diagonal + 8 * b), q = v_load(diagonal_q + 8 * b);
      V e = sub64(v_mul_even_signed(s->e[b], d), v_mul_even_signed(v_mul_even_signed(s->e[b], q), v_set1(P)));
      V o = sub64(v_mul_even_signed(s->o[b], v_odd(d)),
                  v_mul_even_signed(v_mul_even_signed(s->o[b], v_odd(q)), v_set1(P)));
      products.e[b] = shr64(v_min(e, v_add(e, p_high)), 32);
      products.o[b] = shr64(v_min(o, v_add(o, p_high)), 32);
      s->e[b] = v_add(products.e[b], S);
      s->o[b] = v_add(products.o[b], S);
    }
    total = sum * (8 * blocks - 1) + (int64_t)sum_all(&products, blocks);
  }
  /* In wide form again, with p added to leave no word negative. */
  UNROLLED for (int b = 0; b < blocks; b++) {
    V e = v_add(s->e[b], v_set1(P)), o = v_add(s->o[b], v_set1(P));
    s->e[b] = _mm256_blend_epi32(e, v_set1(0), 0xAA);
    s->o[b] = _mm256_blend_epi32(o, v_set1(0), 0xAA);
  }
  s->e[0] = _mm256_blend_epi32(s->e[0], _mm256_castsi128_si256(_mm_cvtsi64_si128(x + 2 * (int64_t)P)), 3);
}

INLINE void permute_one(uint32_t *state, int width, const uint32_t *external, const uint32_t *internal,
                        int partial_rounds, const uint32_t *diagonal, const uint32_t *diagonal_q) {
  ALIGNED_FRAME;
  int blocks = width / 8;
  APUS_CHECK_BELOW(state, P, (size_t)width);
  Wide s = widen(state, blocks);
  external_layer_one(&s, blocks);
  ROUNDS (int round = 0; round < 4; round++) full_round_one(&s, blocks, external + round * width);
  partial_rounds_one(&s, blocks, diagonal, diagonal_q, internal, partial_rounds);
  ROUNDS (int round = 4; round < 8; round++) full_round_one(&s, blocks, external + round * width);
  UNROLLED for (int b = 0; b < blocks; b++) {
    V e = to_signed(s.e[b], s.add_e), o = to_signed(s.o[b], s.add_o);
    V x = _mm256_blend_epi32(e, (V)_mm256_moveldup_ps((__m256)o), 0xAA);
    v_store(state + 8 * b, v_min(x, v_add(x, v_set1(P))));
  }
}

void apus_poseidon2_babybear16_one_avx2(uint32_t *state) {
  permute_one(state, 16, POSEIDON2_BABYBEAR16_EXTERNAL[0], POSEIDON2_BABYBEAR16_INTERNAL, 13,
              POSEIDON2_BABYBEAR16_DIAGONAL[0], POSEIDON2_BABYBEAR16_DIAGONAL[1]);
}
void apus_poseidon2_babybear24_one_avx2(uint32_t *state) {
  permute_one(state, 24, POSEIDON2_BABYBEAR24_EXTERNAL[0], POSEIDON2_BABYBEAR24_INTERNAL, 21,
              POSEIDON2_BABYBEAR24_DIAGONAL[0], POSEIDON2_BABYBEAR24_DIAGONAL[1]);
}
