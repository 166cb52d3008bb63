/* BLAKE3 of many messages, lane = message - compiled by blake3_portable.c, blake3_avx2.c, blake3_avx512.c.
 * All lanes have the same length, so the same tree: the flow of control is uniform. */
#include "blake3_constants.h"
#include "hash_lanes.body.h"

/* Vectors compressed in lockstep. Every step waits for the one before it, two cycles on Zen 5, so one vector's four
 * columns fill half of what four ports can do; two vectors' fill all of it, and just fit in 32 registers. */
enum { WAYS = 2 };

/* Half a round: turn = 0 mixes the columns of the states, turn = 1 their diagonals. Each step is made in all eight
 * columns before the next; v_pin keeps it so (rows in the cache 1.24 times faster than in the compiler's own order,
 * AVX-512, Zen 5). All indices are constants once unrolled; with checks of them this file compiles for 20 seconds. */
__attribute__((no_sanitize("undefined"))) INLINE void half_round(V (*v)[16], V (*m)[16], int ways,
                                                                 const uint8_t *schedule, int turn) {
#define EACH _Pragma("clang loop unroll(full)") for (int j = 0; j < 4 * ways; j++)
#define A v[j / 4][j % 4]
#define B v[j / 4][4 + (j + turn) % 4]
#define C v[j / 4][8 + (j + 2 * turn) % 4]
#define D v[j / 4][12 + (j + 3 * turn) % 4]
#define MIX(word, rotation_d, rotation_b)                              \
  EACH A = v_add(v_add(A, m[j / 4][schedule[2 * (j % 4) + word]]), B); \
  EACH D = v_xor(D, A);                                                \
  EACH D = v_pin(v_ror(D, rotation_d));                                \
  EACH C = v_add(C, D);                                                \
  EACH B = v_xor(B, C);                                                \
  EACH B = v_pin(v_ror(B, rotation_b));
  MIX(0, 16, 12)
  MIX(1, 8, 7)
#undef EACH
#undef A
#undef B
#undef C
#undef D
#undef MIX
}

/* The counters of consecutive lanes: first, first + step, ...; `step` is 0 or 1. None crosses a multiple of 2^32. */
typedef struct Counter {
  uint64_t first;
  uint32_t step;
} Counter;

/* Those of vector `vector`. */
INLINE Counter counter_of(Counter c, size_t vector) { return (Counter){c.first + c.step * vector * LANES, c.step}; }
INLINE V low_words(Counter c) {
  static const uint32_t numbers[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  V low = v_set1((uint32_t)c.first);
  return c.step ? v_add(low, v_load(numbers)) : low;
}

/* cv[k] = the chaining value after block m[k], for 0 <= k < ways. What is read next is asked for between the rounds:
 * asked for at once, it needs more of the processor's miss buffers than there are, and all waits (64 columns of 2^16
 * rows 1.15 times faster than that, AVX-512, Zen 5). */
INLINE void compress(V (*cv)[8], V (*m)[16], int ways, Counter counter, uint32_t length, uint32_t flags,
                     Ahead ahead) {
  V v[WAYS][16];
  for (int k = 0; k < ways; k++) {
    for (int i = 0; i < 8; i++) v[k][i] = cv[k][i];
    for (int i = 0; i < 4; i++) v[k][8 + i] = v_set1(BLAKE3_IV[i]);
    v[k][12] = low_words(counter_of(counter, (size_t)k));
    v[k][13] = v_set1((uint32_t)(counter.first >> 32));
    v[k][14] = v_set1(length);
    v[k][15] = v_set1(flags);
  }
#pragma clang loop unroll(full)
  for (int round = 0; round < 7; round++) {
    ask(&ahead, 3);
    half_round(v, m, ways, BLAKE3_SCHEDULE[round], 0);
    half_round(v, m, ways, BLAKE3_SCHEDULE[round] + 8, 1);
  }
  for (int k = 0; k < ways; k++)
    for (int i = 0; i < 8; i++) cv[k][i] = v_xor(v[k][i], v[k][8 + i]);
}

INLINE void start(V cv[8]) {
  for (int i = 0; i < 8; i++) cv[i] = v_set1(BLAKE3_IV[i]);
}

/* cv[v] = the chaining values of chunk `chunk` of vector v's messages; root is BLAKE3_ROOT or 0. */
static void hash_chunk(V (*cv)[8], const Source *s, size_t chunk, Counter counter, uint32_t root) {
  size_t vectors = source_vectors(s), first = chunk * BLAKE3_BLOCKS_IN_CHUNK;
  size_t bytes = blake3_chunk_length(s->length, chunk), blocks = blake3_blocks(bytes);
  for (size_t v = 0; v < vectors; v++) start(cv[v]);
  for (size_t block = 0; block < blocks; block++) {
    uint32_t flags = (block ? 0 : BLAKE3_CHUNK_START) | (block + 1 < blocks ? 0 : BLAKE3_CHUNK_END | root);
    uint32_t length = blake3_block_length(bytes, block);
    size_t v = 0;
    V m[WAYS][16];
    for (; v + WAYS <= vectors; v += WAYS) {
      for (size_t k = 0; k < WAYS; k++) load_words(m[k], s, v + k, first + block);
      compress(cv + v, m, WAYS, counter_of(counter, v), length, flags, look_ahead(s, v, WAYS, first + block, 16));
    }
    for (; v < vectors; v++) {
      load_words(m[0], s, v, first + block);
      compress(cv + v, m, 1, counter_of(counter, v), length, flags, look_ahead(s, v, 1, first + block, 16));
    }
  }
}

/* cv[v] = the chaining values of the subtrees over `chunks` chunks from `first` on. */
static void hash_subtree(V (*cv)[8], const Source *s, size_t first, size_t chunks, uint32_t root) {
  if (chunks == 1) {
    hash_chunk(cv, s, first, (Counter){.first = first}, root);
    return;
  }
  V right[GROUP][8];
  size_t left_chunks = blake3_left_chunks(chunks);
  hash_subtree(cv, s, first, left_chunks, 0);
  hash_subtree(right, s, first + left_chunks, chunks - left_chunks, 0);
  for (size_t v = 0; v < source_vectors(s); v++) {
    V m[1][16];
    for (int i = 0; i < 8; i++) {
      m[0][i] = cv[v][i];
      m[0][8 + i] = right[v][i];
    }
    start(cv[v]);
    compress(cv + v, m, 1, (Counter){0}, BLAKE3_BLOCK, BLAKE3_PARENT | root, (Ahead){0});
  }
}

static void hash_group(uint8_t *digests, const Source *s) {
  V cv[GROUP][8];
  hash_subtree(cv, s, 0, blake3_chunks(s->length), BLAKE3_ROOT);
  for (size_t v = 0; v < source_vectors(s); v++)
    store_digests(digests + 32 * v * LANES, cv[v], s->count - v * LANES);
}

static void hash_rows(uint8_t *digests, const uint32_t *const *columns, size_t column_count, size_t begin, size_t end) {
  hash_rows_with(NULL, digests, columns, column_count, begin, end);
}
static void hash_rows64(uint8_t *digests, const uint64_t *const *columns, size_t column_count, size_t begin,
                        size_t end) {
  hash_rows64_with(NULL, digests, columns, column_count, begin, end);
}
static void hash_messages(uint8_t *digests, const uint8_t *messages, size_t length, size_t n) {
  hash_messages_with(NULL, digests, messages, length, n);
}
static void hash_pairs(uint8_t *digests, const uint8_t *pairs, size_t n) {
  hash_messages_with(NULL, digests, pairs, 64, n);
}

const apus_hash_kernels LEVELED(apus_blake3_kernels) = {hash_rows, hash_rows64, hash_pairs, hash_messages};

/* One message's tree, lane = node: hash_tables.h. */
static void hash_chunks(uint8_t *values, const uint8_t *chunks, uint64_t first, size_t n) {
  Source s = {.length = BLAKE3_CHUNK};
  for (size_t i = 0; i < n; i += s.count) {
    s.count = n - i < GROUP * LANES ? n - i : GROUP * LANES;
    s.messages = chunks + i * BLAKE3_CHUNK;
    s.readable = (n - i) * BLAKE3_CHUNK;
    V cv[GROUP][8];
    hash_chunk(cv, &s, 0, (Counter){first + i, 1}, 0);
    for (size_t v = 0; v < source_vectors(&s); v++)
      store_digests(values + 32 * (i + v * LANES), cv[v], s.count - v * LANES);
  }
}
static void hash_parents(uint8_t *values, const uint8_t *pairs, size_t n) {
  Source s = {.length = BLAKE3_BLOCK};
  for (size_t i = 0; i < n; i += s.count) {
    s.count = n - i < LANES ? n - i : LANES;
    s.messages = pairs + i * BLAKE3_BLOCK;
    s.readable = (n - i) * BLAKE3_BLOCK;
    V cv[1][8], m[1][16];
    start(cv[0]);
    load_words(m[0], &s, 0, 0);
    compress(cv, m, 1, (Counter){0}, BLAKE3_BLOCK, BLAKE3_PARENT, (Ahead){0});
    store_digests(values + 32 * i, cv[0], s.count);
  }
}

const apus_blake3_tree LEVELED(apus_blake3_tree) = {hash_chunks, hash_parents};
