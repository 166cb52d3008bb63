// SHA-256 of many messages with the SHA extensions: vectors only bring the blocks of rows, and the last blocks of byte
// messages, into the order of bytes.
#include "include/apus_hash.h"

#include "hash_tables.h"
#include "level_avx2.h"

#include "hash_lanes.body.h"
#include "sha256_constants.h"
#include "sha256_padding.body.h"
#include "sha256_shani.h"

/* Blocks as bytes, padded, from words with lane = message. */
static void stage_blocks(uint8_t blocks[LANES][64], const Source *s, size_t vector, size_t block) {
  V m[16];
  load_words(m, s, vector, block);
  Ahead ahead = look_ahead(s, vector, 1, block, 16);
  ask(&ahead, 16);
  add_padding(m, s->length, block);
  for (size_t w = 0; w < 16; w += LANES) {
    v_transpose(m + w);
    for (size_t lane = 0; lane < LANES; lane++) v_store_bytes(blocks[lane] + 4 * w, m[w + lane]);
  }
}

static void hash_group(uint8_t *digests, const Source *s) {
  uint32_t states[GROUP * LANES][8];
  for (size_t i = 0; i < s->count; i++) memcpy(states[i], SHA256_IV, sizeof SHA256_IV);
  for (size_t block = 0; block < padded_blocks(s->length); block++) {
    if (block == message_blocks(s->length)) {
      apus_sha256_shani_compress_shared(states, s->context, s->count);
      continue;
    }
    if (!source_is_rows(s) && 64 * block + 64 <= s->length) {
      apus_sha256_shani_compress(states, s->messages + 64 * block, s->length, s->count);
      continue;
    }
    for (size_t first = 0; first < s->count; first += LANES) {
      uint8_t blocks[LANES][64];
      stage_blocks(blocks, s, first / LANES, block);
      apus_sha256_shani_compress(states + first, blocks[0], 64, s->count - first < LANES ? s->count - first : LANES);
    }
  }
  for (size_t i = 0; i < s->count; i++) {
    for (int w = 0; w < 8; w++) states[i][w] = __builtin_bswap32(states[i][w]);
    memcpy(digests + 32 * i, states[i], 32);
  }
}

const apus_hash_kernels apus_sha256_kernels_avx2_shani = {hash_rows, hash_rows64, hash_pairs, hash_messages};

#include "level_end.h"
