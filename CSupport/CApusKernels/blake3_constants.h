/* BLAKE3 (specification, section 2): constants and how a message is cut into chunks and blocks. */
#ifndef APUS_BLAKE3_CONSTANTS_H
#define APUS_BLAKE3_CONSTANTS_H

#include <stddef.h>
#include <stdint.h>

enum { BLAKE3_BLOCK = 64, BLAKE3_CHUNK = 1024, BLAKE3_BLOCKS_IN_CHUNK = 16 };

enum {
  BLAKE3_CHUNK_START = 1u << 0,
  BLAKE3_CHUNK_END = 1u << 1,
  BLAKE3_PARENT = 1u << 2,
  BLAKE3_ROOT = 1u << 3,
};

static const uint32_t BLAKE3_IV[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

/* Which message word each step of each round takes: every row is the specification's permutation of the one above. */
static const uint8_t BLAKE3_SCHEDULE[7][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8},
    {3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1},
    {10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6},
    {12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4},
    {9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7},
    {11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13},
};

/* Chunks of a message; the empty message has one empty chunk. */
static inline size_t blake3_chunks(size_t length) { return length ? (length - 1) / BLAKE3_CHUNK + 1 : 1; }

/* Bytes of chunk `chunk`, and of block `block` of a chunk of `length` bytes. */
static inline size_t blake3_chunk_length(size_t length, size_t chunk) {
  size_t left = length - chunk * BLAKE3_CHUNK;
  return left < BLAKE3_CHUNK ? left : BLAKE3_CHUNK;
}
static inline uint32_t blake3_block_length(size_t chunk_length, size_t block) {
  size_t left = chunk_length - block * BLAKE3_BLOCK;
  return (uint32_t)(left < BLAKE3_BLOCK ? left : BLAKE3_BLOCK);
}
static inline size_t blake3_blocks(size_t chunk_length) {
  return chunk_length ? (chunk_length - 1) / BLAKE3_BLOCK + 1 : 1;
}

/* Chunks of the left subtree of a node over `chunks` > 1 chunks: the largest power of two below `chunks`. */
static inline size_t blake3_left_chunks(size_t chunks) {
  return (size_t)1 << (63 - __builtin_clzll((unsigned long long)chunks - 1));
}

#endif
