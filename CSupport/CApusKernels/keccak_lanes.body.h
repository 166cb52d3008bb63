/* Keccak-256 and SHA3-256 of many messages, 64-bit lane = message - compiled by keccak_portable.c, keccak_avx2.c,
 * keccak_avx512.c. */
#include "hash_groups.body.h"
#include "keccak_constants.h"

/* Vectors of 64-bit lanes that hold the messages of one vector of 32-bit lanes. */
enum { HALVES = LANES / LANES64 };

/* Which of LANES messages lane `lane` of half `half` hashes: w_interleave deals them so. */
INLINE size_t message_of(size_t half, size_t lane) {
  return HALVES == 1 ? lane : lane / 2 * 4 + 2 * half + lane % 2;
}

/* Where lane (x, y) lies before round `round`. A round computes a row of its output from five lanes and writes it where
 * those lay, so the state needs no second copy; after four rounds every lane is home. */
INLINE int keccak_place(int round, int x, int y) {
  int power = 1 << round % 4;
  return x + 5 * ((power * (x + y) + 4 * x) % 5);
}

INLINE void keccak_round(W a[25], int round, uint64_t constant) {
  W column[5], d[5];
#pragma clang loop unroll(full)
  for (int x = 0; x < 5; x++)
    column[x] = w_xor(w_xor(w_xor(a[x], a[x + 5]), w_xor(a[x + 10], a[x + 15])), a[x + 20]);
#pragma clang loop unroll(full)
  for (int x = 0; x < 5; x++) d[x] = w_xor(column[(x + 4) % 5], w_rol(column[(x + 1) % 5], 1));
#pragma clang loop unroll(full)
  for (int y = 0; y < 5; y++) {
    W b[5];
#pragma clang loop unroll(full)
    for (int x = 0; x < 5; x++) {
      /* pi brings lane (from, x) to (x, y). */
      int from = (x + 3 * y) % 5;
      b[x] = w_rol(w_xor(a[keccak_place(round, from, x)], d[from]), KECCAK_ROTATION[from + 5 * x]);
    }
#pragma clang loop unroll(full)
    for (int x = 0; x < 5; x++)
      a[keccak_place(round + 1, x, y)] = w_xor(b[x], w_andnot(b[(x + 1) % 5], b[(x + 2) % 5]));
    if (y == 0) a[0] = w_xor(a[0], w_set1(constant));
  }
}

static void keccak_permute(W state[25]) {
  W a[25];
  for (int i = 0; i < 25; i++) a[i] = state[i];
  for (int round = 0; round < KECCAK_ROUNDS; round += 4) {
#pragma clang loop unroll(full)
    for (int r = 0; r < 4; r++) keccak_round(a, r, KECCAK_ROUND[round + r]);
  }
  for (int i = 0; i < 25; i++) state[i] = a[i];
}

INLINE void absorb_rows(W (*states)[25], const Source *s, size_t vector, size_t block) {
  size_t row = s->row + vector * LANES, left = s->count - vector * LANES, first = 2 * KECCAK_RATE_WORDS * block;
  for (size_t i = 0; i < KECCAK_RATE_WORDS && first + 2 * i < s->words; i++) {
    V pair[2];
    W words[HALVES];
    load_word_pair(pair, s, first + 2 * i, row, left);
    w_interleave(words, pair[0], pair[1]);
    for (int half = 0; half < HALVES; half++) states[half][i] = w_xor(states[half][i], words[half]);
  }
}

/* Xors the words from `word` on, LANES64 of them or as many as the rate has, of the half's messages into the state. */
INLINE void absorb_words(W state[25], const Source *s, size_t vector, size_t half, size_t block, size_t word) {
  size_t begin = KECCAK_RATE * block + 8 * word;
  if (begin >= s->length) return;
  size_t bytes = s->length - begin, most = 8 * (KECCAK_RATE_WORDS - word);
  if (most > 8 * LANES64) most = 8 * LANES64;
  if (bytes > most) bytes = most;
  W words[LANES64];
  for (size_t lane = 0; lane < LANES64; lane++) {
    size_t message = vector * LANES + message_of(half, lane);
    const uint8_t *from = s->messages + (message < s->count ? message : 0) * s->length + begin;
    uint8_t copy[8 * LANES64] = {0};
    if (bytes < sizeof copy) from = memcpy(copy, from, bytes);
    words[lane] = w_load_bytes(from);
  }
  w_transpose(words);
  for (size_t i = 0; i < (bytes + 7) / 8; i++) state[word + i] = w_xor(state[word + i], words[i]);
}

/* The first 32 bytes of each state that belongs to a message. */
INLINE void squeeze(uint8_t *digests, const W state[25], size_t half, size_t count) {
  uint8_t all[LANES64][32];
  w_store_columns(all[0], state);
  for (size_t lane = 0; lane < LANES64; lane++)
    if (message_of(half, lane) < count) memcpy(digests + 32 * message_of(half, lane), all[lane], 32);
}

static void hash_group(uint8_t *digests, const Source *s) {
  W states[GROUP][HALVES][25];
  uint64_t suffix = *(const uint8_t *)s->context;
  size_t vectors = source_vectors(s), blocks = s->length / KECCAK_RATE + 1, end = s->length % KECCAK_RATE;
  memset(states, 0, vectors * sizeof states[0]);
  for (size_t block = 0; block < blocks; block++)
    for (size_t v = 0; v < vectors; v++) {
      Ahead ahead = look_ahead(s, v, 1, block, 2 * KECCAK_RATE_WORDS);
      if (source_is_rows(s)) absorb_rows(states[v], s, v, block);
      for (size_t half = 0; half < HALVES; half++) {
        W *state = states[v][half];
        if (!source_is_rows(s))
          for (size_t word = 0; word < KECCAK_RATE_WORDS; word += LANES64) absorb_words(state, s, v, half, block, word);
        if (block + 1 == blocks) {
          state[end / 8] = w_xor(state[end / 8], w_set1(suffix << 8 * (end % 8)));
          state[KECCAK_RATE_WORDS - 1] = w_xor(state[KECCAK_RATE_WORDS - 1], w_set1(1ull << 63));
        }
        ask(&ahead, 2 * KECCAK_RATE_WORDS / HALVES);
        keccak_permute(state);
      }
    }
  for (size_t v = 0; v < vectors; v++)
    for (size_t half = 0; half < HALVES; half++)
      squeeze(digests + 32 * v * LANES, states[v][half], half, s->count - v * LANES);
}

#define KECCAK_TABLE(name, suffix)                                                                               \
  static const uint8_t name##_suffix = suffix;                                                                   \
  static void name##_rows(uint8_t *digests, const uint32_t *const *columns, size_t column_count, size_t begin,   \
                          size_t end) {                                                                          \
    hash_rows_with(&name##_suffix, digests, columns, column_count, begin, end);                                  \
  }                                                                                                              \
  static void name##_rows64(uint8_t *digests, const uint64_t *const *columns, size_t column_count, size_t begin, \
                            size_t end) {                                                                        \
    hash_rows64_with(&name##_suffix, digests, columns, column_count, begin, end);                                \
  }                                                                                                              \
  static void name##_messages(uint8_t *digests, const uint8_t *messages, size_t length, size_t n) {              \
    hash_messages_with(&name##_suffix, digests, messages, length, n);                                            \
  }                                                                                                              \
  static void name##_pairs(uint8_t *digests, const uint8_t *pairs, size_t n) {                                   \
    hash_messages_with(&name##_suffix, digests, pairs, 64, n);                                                   \
  }                                                                                                              \
  const apus_hash_kernels LEVELED(apus_##name##_kernels) = {name##_rows, name##_rows64, name##_pairs,            \
                                                            name##_messages};

KECCAK_TABLE(keccak256, KECCAK_SUFFIX)
KECCAK_TABLE(sha3_256, SHA3_SUFFIX)
