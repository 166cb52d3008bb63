/* BabyBear over one vector: words in [0, p) unless said otherwise. Included by each level's header. */

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
