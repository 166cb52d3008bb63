/* SHA-256 of many messages, lane = message - compiled by sha256_portable.c, sha256_avx2.c, sha256_avx512.c. */
#include "hash_lanes.body.h"
#include "sha256_constants.h"
#include "sha256_padding.body.h"

/* Variables of a round keep their names; instead of moving them, each round takes them one place further. */
INLINE void sha256_round(V s[8], int t, V w) {
  V a = s[-t & 7], b = s[(1 - t) & 7], c = s[(2 - t) & 7], e = s[(4 - t) & 7], f = s[(5 - t) & 7], g = s[(6 - t) & 7];
  V choice = v_xor(g, v_and(e, v_xor(f, g))), majority = v_or(v_and(a, b), v_and(c, v_or(a, b)));
  V sum1 = v_xor(v_xor(v_ror(e, 6), v_ror(e, 11)), v_ror(e, 25));
  V sum0 = v_xor(v_xor(v_ror(a, 2), v_ror(a, 13)), v_ror(a, 22));
  V t1 = v_add(v_add(v_add(s[(7 - t) & 7], w), choice), sum1);
  s[(3 - t) & 7] = v_add(s[(3 - t) & 7], t1);
  s[(7 - t) & 7] = v_add(v_add(t1, sum0), majority);
}

/* The schedule's next word in place of the one sixteen before it. */
INLINE void extend(V w[16], int t) {
  V x = w[(t + 1) & 15], y = w[(t + 14) & 15];
  V s0 = v_xor(v_xor(v_ror(x, 7), v_ror(x, 18)), v_shr(x, 3));
  V s1 = v_xor(v_xor(v_ror(y, 17), v_ror(y, 19)), v_shr(y, 10));
  w[t & 15] = v_add(v_add(w[t & 15], w[(t + 9) & 15]), v_add(s0, s1));
}

/* state = the state after block w (big-endian words); w is used up. */
INLINE void compress(V state[8], V w[16]) {
  V s[8];
  for (int i = 0; i < 8; i++) s[i] = state[i];
  for (int t0 = 0; t0 < 64; t0 += 16) {
#pragma clang loop unroll(full)
    for (int t = 0; t < 16; t++) {
      if (t0) extend(w, t);
      sha256_round(s, t, v_add(w[t], v_set1(SHA256_K[t0 + t])));
    }
  }
  for (int i = 0; i < 8; i++) state[i] = v_add(state[i], s[i]);
}

static void hash_group(uint8_t *digests, const Source *s) {
  V state[GROUP][8];
  size_t vectors = source_vectors(s), blocks = padded_blocks(s->length);
  for (size_t v = 0; v < vectors; v++)
    for (int i = 0; i < 8; i++) state[v][i] = v_set1(SHA256_IV[i]);
  for (size_t block = 0; block < blocks; block++)
    for (size_t v = 0; v < vectors; v++) {
      V m[16];
      load_words(m, s, v, block);
      add_padding(m, s->length, block);
      for (int i = 0; i < 16; i++) m[i] = v_byteswap(m[i]);
      compress(state[v], m);
    }
  for (size_t v = 0; v < vectors; v++) {
    for (int i = 0; i < 8; i++) state[v][i] = v_byteswap(state[v][i]);
    store_digests(digests + 32 * v * LANES, state[v], s->count - v * LANES);
  }
}

const apus_hash_kernels LEVELED(apus_sha256_kernels) = {hash_rows, hash_pairs, hash_messages};
