/* The tables over poseidon2_babybear.body.h: on columns, and on digests of bytes for Merkle trees. */

static void permute_states16(uint32_t *const *states, size_t begin, size_t end) {
  permute_states(&width16, states, begin, end);
}
static void permute_states24(uint32_t *const *states, size_t begin, size_t end) {
  permute_states(&width24, states, begin, end);
}
static void hash_rows16(uint32_t *const *out, const uint32_t *const *columns, size_t column_count, size_t begin,
                        size_t end) {
  hash_rows(&width16, out, columns, column_count, begin, end);
}
static void hash_rows24(uint32_t *const *out, const uint32_t *const *columns, size_t column_count, size_t begin,
                        size_t end) {
  hash_rows(&width24, out, columns, column_count, begin, end);
}
static void compress_pairs16(uint32_t *const *out, const uint32_t *const *left, const uint32_t *const *right,
                             size_t begin, size_t end) {
  compress_pairs(&width16, out, left, right, begin, end);
}

const apus_poseidon2_babybear_kernels LEVELED(apus_poseidon2_babybear16_kernels) = {
    .width = 16, .rate = 8, .digest = 8, .permute = permute_states16, .hash_rows = hash_rows16,
    .compress = compress_pairs16,
};
const apus_poseidon2_babybear_kernels LEVELED(apus_poseidon2_babybear24_kernels) = {
    .width = 24, .rate = 16, .digest = 8, .permute = permute_states24, .hash_rows = hash_rows24,
};

/* The first `left` lanes' digests from their eight Montgomery words. A Montgomery product with 1 is canonical. */
INLINE void store_digests(uint8_t *digests, size_t left, const V *words) {
  for (size_t w = 0; w < 8; w += LANES) {
    V t[LANES];
    for (size_t i = 0; i < LANES; i++) t[i] = w + i < 8 ? bb_mul(words[w + i], v_set1(1)) : v_set1(0);
    v_transpose(t);
    for (size_t lane = 0; lane < LANES && lane < left; lane++) {
      if (LANES > 8)
        v_store_first((uint32_t *)(void *)(digests + 32 * lane), 8, t[lane]);
      else
        v_store_bytes(digests + 32 * lane + 4 * w, t[lane]);
    }
  }
}

/* s[w] = word w of the first `left` pairs, in Montgomery form: the Montgomery product with 2^64 mod p, which takes any
 * word. */
INLINE void load_pairs(V *s, const uint8_t *pairs, size_t left) {
  for (size_t w = 0; w < 16; w += LANES) {
    for (size_t lane = 0; lane < LANES; lane++)
      s[w + lane] = lane < left ? v_load_bytes(pairs + 64 * lane + 4 * w) : v_set1(0);
    v_transpose(s + w);
    for (size_t i = w; i < w + LANES; i++) s[i] = bb_mul(s[i], v_set1(0x45dddde3u));
  }
}

INLINE void digest_rows(const Permutation *p, uint8_t *digests, const uint32_t *const *columns, size_t column_count,
                        size_t begin, size_t end) {
  for (size_t c = 0; c < column_count; c++) CHECK_WORDS(columns[c] + begin, end - begin);
  for (size_t i = begin; i < end; i += LANES) {
    V s[24];
    absorb_rows(p, s, columns, column_count, i, end - i);
    store_digests(digests + 32 * (i - begin), end - i, s);
  }
}
static void digest_rows16(uint8_t *digests, const uint32_t *const *columns, size_t column_count, size_t begin,
                          size_t end) {
  digest_rows(&width16, digests, columns, column_count, begin, end);
}
static void digest_rows24(uint8_t *digests, const uint32_t *const *columns, size_t column_count, size_t begin,
                          size_t end) {
  digest_rows(&width24, digests, columns, column_count, begin, end);
}

/* Digests may overwrite pairs: a vector's pairs are all read before its digests are written. */
static void digest_pairs(uint8_t *digests, const uint8_t *pairs, size_t n) {
  for (size_t i = 0; i < n; i += LANES) {
    V s[16];
    load_pairs(s, pairs + 64 * i, n - i);
    permute16(s);
    store_digests(digests + 32 * i, n - i, s);
  }
}

const apus_hash_kernels LEVELED(apus_poseidon2_babybear_hash_kernels) = {.rows = digest_rows16, .pairs = digest_pairs};
const apus_hash_kernels LEVELED(apus_poseidon2_babybear_wide_hash_kernels) = {.rows = digest_rows24,
                                                                             .pairs = digest_pairs};
