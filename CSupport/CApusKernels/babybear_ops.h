/* BabyBear over one vector: words in [0, p) unless said otherwise. Included by each level's header, which defines
 * bb_mul(a, b), the Montgomery product a * b * 2^-32 mod p. */

#define APUS_JOIN2(a, b) a##_##b
#define APUS_JOIN(a, b) APUS_JOIN2(a, b)
/* name_portable, name_avx2 or name_avx512 */
#define LEVELED(name) APUS_JOIN(name, LEVEL)

INLINE V bb_add(V a, V b) {
  V t = v_add(a, b);
  return v_min(t, v_sub(t, v_set1(0x78000001u)));
}
INLINE V bb_sub(V a, V b) {
  V t = v_sub(a, b);
  return v_min(t, v_add(t, v_set1(0x78000001u)));
}
INLINE V bb_double(V a) { return bb_add(a, a); }
/* The canonical integer of a Montgomery word: x * 2^-32 mod p. With m = -x / p modulo 2^32, x + m * p is that many times
 * 2^32: the low words cancel, so it is the high word of m * p, and one more unless x = 0. */
INLINE V bb_canonical(V x) {
  V m = v_mullo(x, v_set1(0x77ffffffu));
  return v_add(v_mul_high(m, v_set1(0x78000001u)), v_min(x, v_set1(1)));
}
INLINE V bb_load_some(const uint32_t *p, size_t left) { return left >= LANES ? v_load(p) : v_load_first(p, left); }
INLINE void bb_store_some(uint32_t *p, size_t left, V x) {
  if (left >= LANES)
    v_store(p, x);
  else
    v_store_first(p, left, x);
}
/* Vectors of n words, from word i on; `left` words are there, at least one. Once over whole vectors, where the compiler
 * knows that `left` is LANES, and once over the rest: a test in each turn took a fifth of a product's time. */
#define FOR_VECTORS(n)                                                                                        \
  _Pragma("clang loop unroll(full)") for (int rest = 0; rest < 2; rest++) for (                               \
      size_t whole = (n) - (n) % LANES, end = rest ? (n) : whole, i = rest ? whole : 0,                       \
             left = rest ? (n) - whole : LANES;                                                               \
      i < end; i += LANES)

/* A chain of signed products keeps even and odd lanes apart, each word in the low half of 64 bits, where the next product
 * takes it: between products nothing is put together and taken apart again.
 *
 * The signed Montgomery product of words in [-p, p], in the high halves: congruent to a * b * 2^-32, in (-p, p). */
INLINE D bb_signed_product(D a, D b) {
  D t = d_mul_signed(a, b), q = d_mul_signed(t, d_spread(v_set1(0x88000001u)));
  return d_sub(t, d_mul_signed(q, d_spread(v_set1(0x78000001u))));
}
INLINE D bb_signed_mul(D a, D b) { return d_high(bb_signed_product(a, b)); }
/* The same product, as words in [0, p). */
INLINE V bb_signed_mul_to_word(D a, D b) {
  V x = d_high_words(bb_signed_product(a, b));
  return v_min(x, v_add(x, v_set1(0x78000001u)));
}
