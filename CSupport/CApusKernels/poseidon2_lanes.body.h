/* What a Poseidon2 permutation is used for, lane = state: many states, a sponge over rows, a compression of pairs; on
 * columns, and on digests of 32 bytes. Included by poseidon2_babybear_tables.body.h and
 * poseidon2_goldilocks_tables.body.h after poseidon2_rounds.body.h, which has State; poseidon2_babybear_words.h and
 * poseidon2_goldilocks_words.h define
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
  void (*permute)(State *states); /* WAYS of them */
} Permutation;

/* Rows that one call of `permute` takes, one in each lane of each state. */
enum { ROWS = WAYS * VECTOR_LANES };

/* A vector's words of the rows from `row` on; the lanes of rows from `end` on are zero. */
INLINE VECTOR load_rows(const WORD *column, size_t row, size_t end) {
  return row < end ? load_some(column + row, end - row) : zero;
}
INLINE void store_rows(WORD *column, size_t row, size_t end, VECTOR x) {
  if (row < end) store_some(column + row, end - row, x);
}

INLINE void permute_states(const Permutation *p, WORD *const *states, size_t begin, size_t end) {
  for (size_t c = 0; c < p->width; c++) CHECK_WORDS(states[c] + begin, end - begin);
  for (size_t i = begin; i < end; i += ROWS) {
    State s[WAYS];
    for (size_t c = 0; c < p->width; c++)
      for (size_t w = 0; w < WAYS; w++) s[w][c] = load_rows(states[c], i + w * VECTOR_LANES, end);
    p->permute(s);
    for (size_t c = 0; c < p->width; c++)
      for (size_t w = 0; w < WAYS; w++) store_rows(states[c], i + w * VECTOR_LANES, end, s[w][c]);
  }
}

/* s = the states after the rows from `row` on, at most ROWS of them. */
INLINE void absorb_rows(const Permutation *p, State *s, const WORD *const *columns, size_t column_count, size_t row,
                        size_t end) {
  for (size_t c = 0; c < p->width; c++)
    for (size_t w = 0; w < WAYS; w++) s[w][c] = zero;
  for (size_t block = 0; block < column_count; block += p->rate) {
    for (size_t c = 0; c < p->rate && block + c < column_count; c++)
      for (size_t w = 0; w < WAYS; w++) s[w][c] = load_rows(columns[block + c], row + w * VECTOR_LANES, end);
    p->permute(s);
  }
}

INLINE void hash_rows(const Permutation *p, WORD *const *out, const WORD *const *columns, size_t column_count,
                      size_t begin, size_t end) {
  for (size_t c = 0; c < column_count; c++) CHECK_WORDS(columns[c] + begin, end - begin);
  for (size_t i = begin; i < end; i += ROWS) {
    State s[WAYS];
    absorb_rows(p, s, columns, column_count, i, end);
    for (size_t c = 0; c < p->digest; c++)
      for (size_t w = 0; w < WAYS; w++) store_rows(out[c], i + w * VECTOR_LANES, end, s[w][c]);
  }
}

INLINE void compress_pairs(const Permutation *p, WORD *const *out, const WORD *const *left, const WORD *const *right,
                           size_t begin, size_t end) {
  for (size_t c = 0; c < p->digest; c++) CHECK_WORDS(left[c] + begin, end - begin);
  for (size_t c = 0; c < p->digest; c++) CHECK_WORDS(right[c] + begin, end - begin);
  for (size_t i = begin; i < end; i += ROWS) {
    State s[WAYS];
    for (size_t c = 0; c < p->digest; c++)
      for (size_t w = 0; w < WAYS; w++) {
        s[w][c] = load_rows(left[c], i + w * VECTOR_LANES, end);
        s[w][p->digest + c] = load_rows(right[c], i + w * VECTOR_LANES, end);
      }
    p->permute(s);
    for (size_t c = 0; c < p->digest; c++)
      for (size_t w = 0; w < WAYS; w++) store_rows(out[c], i + w * VECTOR_LANES, end, s[w][c]);
  }
}

/* The first `left` lanes' digests from their DIGEST_WORDS words, at most VECTOR_LANES. */
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

/* s[w] = word w of each of the first `left` pairs, at most VECTOR_LANES. */
INLINE void load_pairs(VECTOR *s, const uint8_t *pairs, size_t left) {
  for (size_t w = 0; w < 2 * DIGEST_WORDS; w += VECTOR_LANES) {
    for (size_t lane = 0; lane < VECTOR_LANES; lane++)
      s[w + lane] = lane < left ? load_bytes(pairs + 64 * lane + w * sizeof(WORD)) : zero;
    transpose(s + w);
    for (size_t i = w; i < w + VECTOR_LANES; i++) s[i] = from_canonical(s[i]);
  }
}

/* Of `left` rows, those of the states from number `way` on. */
INLINE size_t left_for(size_t left, size_t way) {
  return left > way * VECTOR_LANES ? left - way * VECTOR_LANES : 0;
}

INLINE void digest_rows(const Permutation *p, uint8_t *digests, const WORD *const *columns, size_t column_count,
                        size_t begin, size_t end) {
  for (size_t c = 0; c < column_count; c++) CHECK_WORDS(columns[c] + begin, end - begin);
  for (size_t i = begin; i < end; i += ROWS) {
    State s[WAYS];
    absorb_rows(p, s, columns, column_count, i, end);
    for (size_t w = 0; w < WAYS; w++)
      store_digests(digests + 32 * (i - begin + w * VECTOR_LANES), left_for(end - i, w), s[w]);
  }
}

/* Digests may overwrite pairs: the states' pairs are all read before their digests are written. */
INLINE void digest_pairs(const Permutation *p, uint8_t *digests, const uint8_t *pairs, size_t n) {
  for (size_t i = 0; i < n; i += ROWS) {
    State s[WAYS];
    for (size_t w = 0; w < WAYS; w++) load_pairs(s[w], pairs + 64 * (i + w * VECTOR_LANES), left_for(n - i, w));
    p->permute(s);
    for (size_t w = 0; w < WAYS; w++)
      store_digests(digests + 32 * (i + w * VECTOR_LANES), left_for(n - i, w), s[w]);
  }
}
