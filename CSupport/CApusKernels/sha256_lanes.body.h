/* SHA-256 of many messages, lane = message - compiled by sha256_portable.c, sha256_avx2.c, sha256_avx512.c. */
#include "hash_lanes.body.h"
#include "sha256_constants.h"
#include "sha256_padding.body.h"

/* Vectors compressed in lockstep. A round waits for the one before it longer than its instructions take: with one vector
 * of AVX-512 a block takes 645 cycles of Zen 5, with two 515 for each. The registers of AVX2 hold one. */
enum { WAYS = LANES > 8 ? 2 : 1 };

#define EACH _Pragma("clang loop unroll(full)") for (int k = 0; k < ways; k++)

/* Variables of a round keep their names; instead of moving them, each round takes them one place further. `w` is the
 * schedule's word with the round's constant added. The next e waits for the last one's rotations, their sum and one
 * addition; the next a follows from it, without d. */
INLINE void sha256_round(V s[8], int t, V w) {
  V a = s[-t & 7], b = s[(1 - t) & 7], c = s[(2 - t) & 7], d = s[(3 - t) & 7];
  V e = s[(4 - t) & 7], f = s[(5 - t) & 7], g = s[(6 - t) & 7], h = s[(7 - t) & 7];
  V sum1 = v_xor3(v_ror(e, 6), v_ror(e, 11), v_ror(e, 25));
  V sum0 = v_xor3(v_ror(a, 2), v_ror(a, 13), v_ror(a, 22));
  V next = v_add(v_add(v_add(v_add(h, w), d), v_choose(e, f, g)), sum1);
  s[(3 - t) & 7] = next;
  s[(7 - t) & 7] = v_add(v_add(next, v_sub(v_majority(a, b, c), d)), sum0);
}

/* Puts word t + 16 of the schedule in place of word t. */
INLINE void extend(V w[16], int t) {
  V x = w[(t + 1) & 15], y = w[(t + 14) & 15];
  V s0 = v_xor3(v_ror(x, 7), v_ror(x, 18), v_shr(x, 3));
  V s1 = v_xor3(v_ror(y, 17), v_ror(y, 19), v_shr(y, 10));
  w[t & 15] = v_add(v_add(w[t & 15], w[(t + 9) & 15]), v_add(s0, s1));
}

/* The loops below are unrolled as far as places repeat and no further: all of this at full length would fill the first
 * instruction cache. */

/* states[k] = the state after block w[k] (big-endian words), for 0 <= k < ways; w is used up. */
INLINE void compress(V (*states)[8], V (*w)[16], int ways) {
  V s[WAYS][8];
  EACH for (int i = 0; i < 8; i++) s[k][i] = states[k][i];
#pragma clang loop unroll(disable)
  for (int first = 0; first < 48; first += 16) {
#pragma clang loop unroll(full)
    for (int t = 0; t < 16; t++) EACH {
        sha256_round(s[k], t, v_add(w[k][t], v_set1(SHA256_K[first + t])));
        extend(w[k], t);
      }
  }
#pragma clang loop unroll(disable)
  for (int first = 0; first < 16; first += 8) {
#pragma clang loop unroll(full)
    for (int t = 0; t < 8; t++)
      EACH sha256_round(s[k], t, v_add(w[k][first + t], v_set1(SHA256_K[48 + first + t])));
  }
  EACH for (int i = 0; i < 8; i++) states[k][i] = v_add(states[k][i], s[k][i]);
}

/* The same after a block that all lanes share. */
INLINE void compress_shared(V (*states)[8], const uint32_t schedule[64], int ways) {
  V s[WAYS][8];
  EACH for (int i = 0; i < 8; i++) s[k][i] = states[k][i];
#pragma clang loop unroll(disable)
  for (int first = 0; first < 64; first += 8) {
#pragma clang loop unroll(full)
    for (int t = 0; t < 8; t++)
      EACH sha256_round(s[k], t, v_set1(schedule[first + t]));
  }
  EACH for (int i = 0; i < 8; i++) states[k][i] = v_add(states[k][i], s[k][i]);
}

#undef EACH

/* Takes the states of vectors [v, v + ways) over block `block`. */
INLINE void hash_vectors(V (*states)[8], const Source *s, size_t v, size_t block, int ways) {
  if (block == message_blocks(s->length)) {
    compress_shared(states + v, s->context, ways);
    return;
  }
  Ahead ahead = look_ahead(s, v, (size_t)ways, block, 16);
  ask(&ahead, 16);
  V m[WAYS][16];
  for (int k = 0; k < ways; k++) {
    load_words(m[k], s, v + (size_t)k, block);
    add_padding(m[k], s->length, block);
    for (int i = 0; i < 16; i++) m[k][i] = v_byteswap(m[k][i]);
  }
  compress(states + v, m, ways);
}

static void hash_group(uint8_t *digests, const Source *s) {
  V states[GROUP][8];
  size_t vectors = source_vectors(s);
  for (size_t v = 0; v < vectors; v++)
    for (int i = 0; i < 8; i++) states[v][i] = v_set1(SHA256_IV[i]);
  for (size_t block = 0; block < padded_blocks(s->length); block++) {
    size_t v = 0;
    for (; v + WAYS <= vectors; v += WAYS) hash_vectors(states, s, v, block, WAYS);
    for (; v < vectors; v++) hash_vectors(states, s, v, block, 1);
  }
  for (size_t v = 0; v < vectors; v++) {
    for (int i = 0; i < 8; i++) states[v][i] = v_byteswap(states[v][i]);
    store_digests(digests + 32 * v * LANES, states[v], s->count - v * LANES);
  }
}

const apus_hash_kernels LEVELED(apus_sha256_kernels) = {hash_rows, hash_rows64, hash_pairs, hash_messages};
