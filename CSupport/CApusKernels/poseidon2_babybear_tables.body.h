/* The tables over poseidon2_babybear.body.h: on columns, and on digests of 32 bytes for Merkle trees. */
#include "poseidon2_lanes.body.h"

static const Permutation width16 = {16, 8, 8, permute16}, width24 = {24, 16, 8, permute24};

static void permute_states16(uint32_t *const *states, size_t begin, size_t end) {
  permute_states(&width16, states, begin, end);
}
static void hash_rows16(uint32_t *const *out, const uint32_t *const *columns, size_t column_count, size_t begin,
                        size_t end) {
  hash_rows(&width16, out, columns, column_count, begin, end);
}
static void digest_rows16(uint8_t *digests, const uint32_t *const *columns, size_t column_count, size_t begin,
                          size_t end) {
  digest_rows(&width16, digests, columns, column_count, begin, end);
}

static void permute_states24(uint32_t *const *states, size_t begin, size_t end) {
  permute_states(&width24, states, begin, end);
}
static void hash_rows24(uint32_t *const *out, const uint32_t *const *columns, size_t column_count, size_t begin,
                        size_t end) {
  hash_rows(&width24, out, columns, column_count, begin, end);
}
static void digest_rows24(uint8_t *digests, const uint32_t *const *columns, size_t column_count, size_t begin,
                          size_t end) {
  digest_rows(&width24, digests, columns, column_count, begin, end);
}

static void compress_pairs16(uint32_t *const *out, const uint32_t *const *left, const uint32_t *const *right,
                             size_t begin, size_t end) {
  compress_pairs(&width16, out, left, right, begin, end);
}
static void digest_pairs16(uint8_t *digests, const uint8_t *pairs, size_t n) {
  digest_pairs(&width16, digests, pairs, n);
}

const apus_poseidon2_babybear_kernels LEVELED(apus_poseidon2_babybear16_kernels) = {
    .width = 16,
    .rate = 8,
    .digest = 8,
    .permute_one = PERMUTE_ONE16,
    .permute = permute_states16,
    .hash_rows = hash_rows16,
    .compress = compress_pairs16,
};
const apus_poseidon2_babybear_kernels LEVELED(apus_poseidon2_babybear24_kernels) = {
    .width = 24,
    .rate = 16,
    .digest = 8,
    .permute_one = PERMUTE_ONE24,
    .permute = permute_states24,
    .hash_rows = hash_rows24,
};

const apus_hash_kernels LEVELED(apus_poseidon2_babybear_hash_kernels) = {
    .rows = digest_rows16,
    .pairs = digest_pairs16,
};
const apus_hash_kernels LEVELED(apus_poseidon2_babybear_wide_hash_kernels) = {
    .rows = digest_rows24,
    .pairs = digest_pairs16,
};
