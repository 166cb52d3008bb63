/* What SHA-256 appends to every message, for bodies with lane = message. */

/* Blocks of a padded message of `length` bytes: at least nine bytes are appended. */
INLINE size_t padded_blocks(size_t length) { return (length + 8) / 64 + 1; }

/* Adds it to the words m of block `block`, little-endian as they were loaded, zero beyond the message's end. */
INLINE void add_padding(V m[16], size_t length, size_t block) {
  if (length / 64 == block) {
    size_t w = length % 64 / 4;
    m[w] = v_or(m[w], v_set1(0x80u << 8 * (length % 4)));
  }
  if (block + 1 == padded_blocks(length)) {
    m[14] = v_set1(__builtin_bswap32((uint32_t)((uint64_t)length >> 29)));
    m[15] = v_set1(__builtin_bswap32((uint32_t)((uint64_t)length << 3)));
  }
}
