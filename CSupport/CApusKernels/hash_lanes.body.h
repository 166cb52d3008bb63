/* Many messages of equal length in blocks of sixteen 32-bit words, lane = message: how words come into vectors and
 * digests leave them. Shared by blake3_lanes.body.h and sha256_lanes.body.h. */
#include "hash_groups.body.h"

INLINE void load_rows(V m[16], const Source *s, size_t vector, size_t block) {
  size_t row = s->row + vector * LANES, left = s->count - vector * LANES;
  for (size_t w = 0; w < 16; w += 2) load_word_pair(m + w, s, 16 * block + w, row, left);
}

/* m[w] = word w of the LANES blocks of 64 bytes that begin `stride` bytes apart. */
INLINE void load_blocks(V m[16], const uint8_t *blocks, size_t stride) {
  for (size_t w = 0; w < 16; w += LANES) {
    for (size_t lane = 0; lane < LANES; lane++) m[w + lane] = v_load_bytes(blocks + lane * stride + 4 * w);
    v_transpose(m + w);
  }
}

INLINE void load_messages(V m[16], const Source *s, size_t vector, size_t block) {
  size_t begin = 64 * block, bytes = begin < s->length ? s->length - begin : 0;
  if (bytes > 64) bytes = 64;
  size_t left = s->count - vector * LANES, first = vector * LANES * s->length + begin;
  if (left >= LANES && first + (LANES - 1) * s->length + 64 <= s->readable) {
    /* All 64 bytes of every lane lie in the array, though some may be the next message's: read them, drop these. */
    load_blocks(m, s->messages + first, s->length);
    for (size_t w = bytes / 4; w < 16; w++)
      m[w] = v_and(m[w], v_set1(w == bytes / 4 ? (1u << 8 * (bytes % 4)) - 1 : 0));
    return;
  }
  uint8_t copy[LANES][64] = {{0}};
  for (size_t lane = 0; lane < LANES && lane < left && bytes; lane++)
    memcpy(copy[lane], s->messages + first + lane * s->length, bytes);
  load_blocks(m, copy[0], 64);
}

/* Words of block `block` of the LANES messages of vector `vector`, lane = message, little-endian; words and bytes
 * beyond the messages' end are zero. */
INLINE void load_words(V m[16], const Source *s, size_t vector, size_t block) {
  if (source_is_rows(s))
    load_rows(m, s, vector, block);
  else
    load_messages(m, s, vector, block);
}

/* The first `count` lanes' digests, 32 bytes each, from their eight words of state. */
INLINE void store_digests(uint8_t *digests, const V state[8], size_t count) {
  if (count >= LANES) {
    v_store_columns(digests, state);
    return;
  }
  uint8_t all[32 * LANES];
  v_store_columns(all, state);
  memcpy(digests, all, 32 * count);
}
