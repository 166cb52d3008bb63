/* What a Poseidon2 permutation is used for, lane = state: many states, a sponge over rows, a compression of pairs.
 * Included by poseidon2_babybear.body.h and poseidon2_goldilocks.body.h, which define
 *
 *   WORD, VECTOR, VECTOR_LANES  a word, a vector of words, its lanes
 *   load_some, store_some       a vector's words, or the first of them where fewer are left
 *   zero                        the vector of zeros
 *   CHECK_WORDS(array, n)       asserts that n words are in [0, p)
 *   MAXIMUM_WIDTH               the largest width */

typedef struct Permutation {
  size_t width, rate, digest;
  void (*permute)(VECTOR *state);
} Permutation;

INLINE void permute_states(const Permutation *p, WORD *const *states, size_t begin, size_t end) {
  for (size_t c = 0; c < p->width; c++) CHECK_WORDS(states[c] + begin, end - begin);
  for (size_t i = begin; i < end; i += VECTOR_LANES) {
    VECTOR s[MAXIMUM_WIDTH];
    for (size_t c = 0; c < p->width; c++) s[c] = load_some(states[c] + i, end - i);
    p->permute(s);
    for (size_t c = 0; c < p->width; c++) store_some(states[c] + i, end - i, s[c]);
  }
}

/* s = the state after the `left` rows from `row` on, at most VECTOR_LANES of them. */
INLINE void absorb_rows(const Permutation *p, VECTOR *s, const WORD *const *columns, size_t column_count, size_t row,
                        size_t left) {
  for (size_t c = 0; c < p->width; c++) s[c] = zero;
  for (size_t block = 0; block < column_count; block += p->rate) {
    for (size_t c = 0; c < p->rate && block + c < column_count; c++) s[c] = load_some(columns[block + c] + row, left);
    p->permute(s);
  }
}

INLINE void hash_rows(const Permutation *p, WORD *const *out, const WORD *const *columns, size_t column_count,
                      size_t begin, size_t end) {
  for (size_t c = 0; c < column_count; c++) CHECK_WORDS(columns[c] + begin, end - begin);
  for (size_t i = begin; i < end; i += VECTOR_LANES) {
    VECTOR s[MAXIMUM_WIDTH];
    absorb_rows(p, s, columns, column_count, i, end - i);
    for (size_t c = 0; c < p->digest; c++) store_some(out[c] + i, end - i, s[c]);
  }
}

INLINE void compress_pairs(const Permutation *p, WORD *const *out, const WORD *const *left, const WORD *const *right,
                           size_t begin, size_t end) {
  for (size_t c = 0; c < p->digest; c++) CHECK_WORDS(left[c] + begin, end - begin);
  for (size_t c = 0; c < p->digest; c++) CHECK_WORDS(right[c] + begin, end - begin);
  for (size_t i = begin; i < end; i += VECTOR_LANES) {
    VECTOR s[MAXIMUM_WIDTH];
    for (size_t c = 0; c < p->digest; c++) {
      s[c] = load_some(left[c] + i, end - i);
      s[p->digest + c] = load_some(right[c] + i, end - i);
    }
    p->permute(s);
    for (size_t c = 0; c < p->digest; c++) store_some(out[c] + i, end - i, s[c]);
  }
}
