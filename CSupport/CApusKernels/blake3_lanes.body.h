/* BLAKE3 of many messages, lane = message - compiled by blake3_portable.c, blake3_avx2.c, blake3_avx512.c.
 * All lanes have the same length, so the same tree: the flow of control is uniform. */
#include "blake3_constants.h"
#include "hash_lanes.body.h"

INLINE void mix(V v[16], int a, int b, int c, int d, V x, V y) {
  v[a] = v_add(v_add(v[a], x), v[b]);
  v[d] = v_xor(v[d], v[a]);
  v[d] = v_ror(v[d], 16);
  v[c] = v_add(v[c], v[d]);
  v[b] = v_xor(v[b], v[c]);
  v[b] = v_ror(v[b], 12);
  v[a] = v_add(v_add(v[a], y), v[b]);
  v[d] = v_xor(v[d], v[a]);
  v[d] = v_ror(v[d], 8);
  v[c] = v_add(v[c], v[d]);
  v[b] = v_xor(v[b], v[c]);
  v[b] = v_ror(v[b], 7);
}

/* cv = the chaining value after block m. */
INLINE void compress(V cv[8], const V m[16], uint64_t counter, uint32_t length, uint32_t flags) {
  V v[16];
  for (int i = 0; i < 8; i++) v[i] = cv[i];
  for (int i = 0; i < 4; i++) v[8 + i] = v_set1(BLAKE3_IV[i]);
  v[12] = v_set1((uint32_t)counter);
  v[13] = v_set1((uint32_t)(counter >> 32));
  v[14] = v_set1(length);
  v[15] = v_set1(flags);
#pragma clang loop unroll(full)
  for (int round = 0; round < 7; round++) {
    const uint8_t *s = BLAKE3_SCHEDULE[round];
    mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]]);
    mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]]);
    mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]]);
    mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]]);
    mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]]);
    mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]]);
    mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]]);
    mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]]);
  }
  for (int i = 0; i < 8; i++) cv[i] = v_xor(v[i], v[8 + i]);
}

INLINE void start(V cv[8]) {
  for (int i = 0; i < 8; i++) cv[i] = v_set1(BLAKE3_IV[i]);
}

/* cv[v] = the chaining values of chunk `chunk` of vector v's messages; root is BLAKE3_ROOT or 0. */
static void hash_chunk(V (*cv)[8], const Source *s, size_t chunk, uint32_t root) {
  size_t vectors = source_vectors(s);
  size_t bytes = blake3_chunk_length(s->length, chunk), blocks = blake3_blocks(bytes);
  for (size_t v = 0; v < vectors; v++) start(cv[v]);
  for (size_t block = 0; block < blocks; block++) {
    uint32_t flags = (block ? 0 : BLAKE3_CHUNK_START) | (block + 1 < blocks ? 0 : BLAKE3_CHUNK_END | root);
    for (size_t v = 0; v < vectors; v++) {
      V m[16];
      load_words(m, s, v, chunk * BLAKE3_BLOCKS_IN_CHUNK + block);
      compress(cv[v], m, chunk, blake3_block_length(bytes, block), flags);
    }
  }
}

/* cv[v] = the chaining values of the subtrees over `chunks` chunks from `first` on. */
static void hash_subtree(V (*cv)[8], const Source *s, size_t first, size_t chunks, uint32_t root) {
  if (chunks == 1) {
    hash_chunk(cv, s, first, root);
    return;
  }
  V right[GROUP][8];
  size_t left_chunks = blake3_left_chunks(chunks);
  hash_subtree(cv, s, first, left_chunks, 0);
  hash_subtree(right, s, first + left_chunks, chunks - left_chunks, 0);
  for (size_t v = 0; v < source_vectors(s); v++) {
    V m[16];
    for (int i = 0; i < 8; i++) {
      m[i] = cv[v][i];
      m[8 + i] = right[v][i];
    }
    start(cv[v]);
    compress(cv[v], m, 0, BLAKE3_BLOCK, BLAKE3_PARENT | root);
  }
}

static void hash_group(uint8_t *digests, const Source *s) {
  V cv[GROUP][8];
  hash_subtree(cv, s, 0, blake3_chunks(s->length), BLAKE3_ROOT);
  for (size_t v = 0; v < source_vectors(s); v++)
    store_digests(digests + 32 * v * LANES, cv[v], s->count - v * LANES);
}

const apus_hash_kernels LEVELED(apus_blake3_kernels) = {hash_rows, hash_pairs, hash_messages};
