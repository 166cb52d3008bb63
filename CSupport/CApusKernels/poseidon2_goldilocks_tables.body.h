/* The tables over poseidon2_goldilocks.body.h: on columns, and on digests of 32 bytes for Merkle trees. */
#include "poseidon2_lanes.body.h"

static const Permutation width8 = {8, 4, 4, permute8}, width12 = {12, 8, 4, permute12};

static void permute_states8(uint64_t *const *states, size_t begin, size_t end) {
  permute_states(&width8, states, begin, end);
}
static void hash_rows8(uint64_t *const *out, const uint64_t *const *columns, size_t column_count, size_t begin,
                        size_t end) {
  hash_rows(&width8, out, columns, column_count, begin, end);
}
static void digest_rows8(uint8_t *digests, const uint64_t *const *columns, size_t column_count, size_t begin,
                          size_t end) {
  digest_rows(&width8, digests, columns, column_count, begin, end);
}

static void permute_states12(uint64_t *const *states, size_t begin, size_t end) {
  permute_states(&width12, states, begin, end);
}
static void hash_rows12(uint64_t *const *out, const uint64_t *const *columns, size_t column_count, size_t begin,
                        size_t end) {
  hash_rows(&width12, out, columns, column_count, begin, end);
}
static void digest_rows12(uint8_t *digests, const uint64_t *const *columns, size_t column_count, size_t begin,
                          size_t end) {
  digest_rows(&width12, digests, columns, column_count, begin, end);
}

static void compress_pairs8(uint64_t *const *out, const uint64_t *const *left, const uint64_t *const *right,
                             size_t begin, size_t end) {
  compress_pairs(&width8, out, left, right, begin, end);
}
static void digest_pairs8(uint8_t *digests, const uint8_t *pairs, size_t n) {
  digest_pairs(&width8, digests, pairs, n);
}

const apus_poseidon2_goldilocks_kernels LEVELED(apus_poseidon2_goldilocks8_kernels) = {
    .width = 8,
    .rate = 4,
    .digest = 4,
    .permute_one = apus_poseidon2_goldilocks8,
    .permute = permute_states8,
    .hash_rows = hash_rows8,
    .compress = compress_pairs8,
};
const apus_poseidon2_goldilocks_kernels LEVELED(apus_poseidon2_goldilocks12_kernels) = {
    .width = 12,
    .rate = 8,
    .digest = 4,
    .permute_one = apus_poseidon2_goldilocks12,
    .permute = permute_states12,
    .hash_rows = hash_rows12,
};

const apus_poseidon2_goldilocks_hash_kernels LEVELED(apus_poseidon2_goldilocks_hash_kernels) = {
    .rows = digest_rows8,
    .pairs = digest_pairs8,
};
const apus_poseidon2_goldilocks_hash_kernels LEVELED(apus_poseidon2_goldilocks_wide_hash_kernels) = {
    .rows = digest_rows12,
    .pairs = digest_pairs8,
};
