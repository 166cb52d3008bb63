// BLAKE3 of one message, after the specification: chunks of 1024 bytes are the leaves of a binary tree whose left
// subtrees are full; the root is compressed once more for every 64 bytes of output.
#include <string.h>

#include "blake3_constants.h"
#include "hash_tables.h"
#include "include/apus_hash.h"

/* A compression not yet made: the root's is repeated with a counter, every other node's is made once. */
typedef struct Node {
  uint32_t chaining[8];
  uint32_t words[16];
  uint64_t counter;
  uint32_t length, flags;
} Node;

static uint32_t rotate(uint32_t x, int k) { return x >> k | x << (32 - k); }

static void mix(uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d, uint32_t x, uint32_t y) {
  *a += *b + x;
  *d = rotate(*d ^ *a, 16);
  *c += *d;
  *b = rotate(*b ^ *c, 12);
  *a += *b + y;
  *d = rotate(*d ^ *a, 8);
  *c += *d;
  *b = rotate(*b ^ *c, 7);
}

/* All sixteen words of output; the first eight are the node's chaining value. */
static void compress(uint32_t out[16], const Node *node) {
  uint32_t v[16];
  memcpy(v, node->chaining, 32);
  memcpy(v + 8, BLAKE3_IV, 16);
  v[12] = (uint32_t)node->counter;
  v[13] = (uint32_t)(node->counter >> 32);
  v[14] = node->length;
  v[15] = node->flags;
  for (int round = 0; round < 7; round++) {
    const uint8_t *s = BLAKE3_SCHEDULE[round];
    const uint32_t *m = node->words;
    for (int i = 0; i < 4; i++)
      mix(&v[i], &v[4 + i], &v[8 + i], &v[12 + i], m[s[2 * i]], m[s[2 * i + 1]]);
    for (int i = 0; i < 4; i++)
      mix(&v[i], &v[4 + (i + 1) % 4], &v[8 + (i + 2) % 4], &v[12 + (i + 3) % 4], m[s[8 + 2 * i]], m[s[9 + 2 * i]]);
  }
  for (int i = 0; i < 8; i++) {
    out[i] = v[i] ^ v[i + 8];
    out[i + 8] = v[i + 8] ^ node->chaining[i];
  }
}

static void chaining_value(uint32_t cv[8], const Node *node) {
  uint32_t out[16];
  compress(out, node);
  memcpy(cv, out, 32);
}

/* The last block of chunk `chunk`, all blocks before it compressed. */
static Node chunk_node(const uint8_t *message, size_t length, size_t chunk) {
  size_t bytes = blake3_chunk_length(length, chunk), blocks = blake3_blocks(bytes);
  Node node = {.counter = chunk};
  memcpy(node.chaining, BLAKE3_IV, 32);
  for (size_t block = 0;; block++) {
    node.length = blake3_block_length(bytes, block);
    node.flags = block ? 0 : BLAKE3_CHUNK_START;
    memset(node.words, 0, sizeof node.words);
    if (node.length) memcpy(node.words, message + chunk * BLAKE3_CHUNK + block * BLAKE3_BLOCK, node.length);
    if (block + 1 == blocks) break;
    chaining_value(node.chaining, &node);
  }
  node.flags |= BLAKE3_CHUNK_END;
  return node;
}

static const apus_blake3_tree *tree_kernels(void) {
  if (apus_isa_supported(APUS_ISA_AVX512)) return &apus_blake3_tree_avx512;
  if (apus_isa_supported(APUS_ISA_AVX2)) return &apus_blake3_tree_avx2;
  return &apus_blake3_tree_portable;
}

enum { FLAT_CHUNKS = 1024 };

/* The node over 3 to FLAT_CHUNKS chunks, level by level: each level pairs neighbours and leaves an odd last one, which
 * is the tree whose left subtrees are full. */
static Node flat_node(const uint8_t *message, size_t length, size_t first, size_t chunks) {
  const apus_blake3_tree *tree = tree_kernels();
  uint8_t values[32 * FLAT_CHUNKS];
  size_t last = chunks - 1, whole = blake3_chunk_length(length, first + last) == BLAKE3_CHUNK ? chunks : last;
  tree->chunks(values, message + first * BLAKE3_CHUNK, first, whole);
  if (whole < chunks) {
    Node node = chunk_node(message, length, first + last);
    uint32_t value[8];
    chaining_value(value, &node);
    memcpy(values + 32 * last, value, 32);
  }
  for (; chunks > 2; chunks = (chunks + 1) / 2) {
    tree->parents(values, values, chunks / 2);
    if (chunks % 2) memcpy(values + 32 * (chunks / 2), values + 32 * (chunks - 1), 32);
  }
  Node parent = {.length = BLAKE3_BLOCK, .flags = BLAKE3_PARENT};
  memcpy(parent.chaining, BLAKE3_IV, 32);
  memcpy(parent.words, values, 64);
  return parent;
}

/* The node over `chunks` chunks from `first` on; recursion is as deep as the tree, at most 54. */
static Node subtree_node(const uint8_t *message, size_t length, size_t first, size_t chunks) {
  if (chunks == 1) return chunk_node(message, length, first);
  if (chunks > 2 && chunks <= FLAT_CHUNKS) return flat_node(message, length, first, chunks);
  size_t left_chunks = blake3_left_chunks(chunks);
  Node left = subtree_node(message, length, first, left_chunks);
  Node right = subtree_node(message, length, first + left_chunks, chunks - left_chunks);
  Node parent = {.length = BLAKE3_BLOCK, .flags = BLAKE3_PARENT};
  memcpy(parent.chaining, BLAKE3_IV, 32);
  chaining_value(parent.words, &left);
  chaining_value(parent.words + 8, &right);
  return parent;
}

void apus_blake3_xof(uint8_t *output, size_t output_length, const uint8_t *message, size_t length) {
  Node root = subtree_node(message, length, 0, blake3_chunks(length));
  root.flags |= BLAKE3_ROOT;
  root.counter = 0;
  for (size_t done = 0; done < output_length; done += 64, root.counter++) {
    uint32_t words[16];
    compress(words, &root);
    memcpy(output + done, words, output_length - done < 64 ? output_length - done : 64);
  }
}

void apus_blake3(uint8_t digest[32], const uint8_t *message, size_t length) {
  apus_blake3_xof(digest, 32, message, length);
}

const apus_hash_kernels *apus_blake3_kernels_for(apus_isa isa) {
  if (!apus_isa_supported(isa)) return NULL;
  switch (isa) {
    case APUS_ISA_PORTABLE: return &apus_blake3_kernels_portable;
    case APUS_ISA_AVX2: return &apus_blake3_kernels_avx2;
    case APUS_ISA_AVX512: return &apus_blake3_kernels_avx512;
  }
  return NULL;
}
