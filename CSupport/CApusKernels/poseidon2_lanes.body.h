/* What a Poseidon2 permutation is used for, lane = state: many states, a sponge over rows, a compression of pairs; on
 * columns, and on digests of 32 bytes. Included by poseidon2_babybear_tables.body.h and
 * poseidon2_goldilocks_tables.body.h; poseidon2_babybear_words.h and poseidon2_goldilocks_words.h define
 *
 *   WORD, VECTOR, VECTOR_LANES           a word, a vector of words, its lanes
 *   MAXIMUM_WIDTH, DIGEST_WORDS          of all widths; words in 32 bytes
 *   load_some, store_some                a vector's words, or the first of them where fewer are left
 *   load_bytes, store_bytes, transpose   the level's, for this vector; store_first too
 *   to_canonical, from_canonical         between words in [0, p) and integers: in [0, p) out, any in
 *   zero                                 the vector of zeros
 *   CHECK_WORDS(array, n)                asserts that n words are in [0, p) */

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

/* The first `left` lanes' digests from their DIGEST_WORDS words. */
INLINE void store_digests(uint8_t *digests, size_t left, const VECTOR *words) {
  for (size_t w = 0; w < DIGEST_WORDS; w += VECTOR_LANES) {
    VECTOR t[VECTOR_LANES];
    for (size_t i = 0; i < VECTOR_LANES; i++) t[i] = w + i < DIGEST_WORDS ? to_canonical(words[w + i]) : zero;
    transpose(t);
    for (size_t lane = 0; lane < VECTOR_LANES && lane < left; lane++) {
      uint8_t *digest = digests + 32 * lane;
      if (VECTOR_LANES > DIGEST_WORDS)
        store_first((WORD *)(void *)digest, DIGEST_WORDS, t[lane]);
      else
        store_bytes(digest + w * sizeof(WORD), t[lane]);
    }
  }
}

/* s[w] = word w of each of the first `left` pairs. */
INLINE void load_pairs(VECTOR *s, const uint8_t *pairs, size_t left) {
  for (size_t w = 0; w < 2 * DIGEST_WORDS; w += VECTOR_LANES) {
    for (size_t lane = 0; lane < VECTOR_LANES; lane++)
      s[w + lane] = lane < left ? load_bytes(pairs + 64 * lane + w * sizeof(WORD)) : zero;
    transpose(s + w);
    for (size_t i = w; i < w + VECTOR_LANES; i++) s[i] = from_canonical(s[i]);
  }
}

INLINE void digest_rows(const Permutation *p, uint8_t *digests, const WORD *const *columns, size_t column_count,
                        size_t begin, size_t end) {
  for (size_t c = 0; c < column_count; c++) CHECK_WORDS(columns[c] + begin, end - begin);
  for (size_t i = begin; i < end; i += VECTOR_LANES) {
    VECTOR s[MAXIMUM_WIDTH];
    absorb_rows(p, s, columns, column_count, i, end - i);
    store_digests(digests + 32 * (i - begin), end - i, s);
  }
}

/* Digests may overwrite pairs: a vector's pairs are all read before its digests are written. */
INLINE void digest_pairs(const Permutation *p, uint8_t *digests, const uint8_t *pairs, size_t n) {
  for (size_t i = 0; i < n; i += VECTOR_LANES) {
    VECTOR s[MAXIMUM_WIDTH];
    load_pairs(s, pairs + 64 * i, n - i);
    p->permute(s);
    store_digests(digests + 32 * i, n - i, s);
  }
}
