/* BabyBear over one vector: words in [0, p) unless said otherwise. Included by each level's header, which defines these:
 *
 *   bb_mul(a, b)                 the Montgomery product a * b * 2^-32 mod p
 *   BBSigned, bb_signed(x)       a vector's words x, -p <= x < p as signed words, as factors of signed products
 *   bb_signed_mul(a, b)          the signed Montgomery product: congruent to a * b * 2^-32, in (-p, p) for factors in
 *                                [-p, p]
 *   bb_signed_mul_to_word(a, b)  the same product, as words in [0, p) */

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
INLINE V bb_load_some(const uint32_t *p, size_t left) { return left >= LANES ? v_load(p) : v_load_first(p, left); }
INLINE void bb_store_some(uint32_t *p, size_t left, V x) {
  if (left >= LANES)
    v_store(p, x);
  else
    v_store_first(p, left, x);
}
