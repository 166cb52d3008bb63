/* What SHA-256 appends to every message, for bodies with lane = message. */

/* Blocks of a padded message of `length` bytes, at least nine of which are appended; and those that hold bytes of it. */
INLINE size_t padded_blocks(size_t length) { return (length + 8) / 64 + 1; }
INLINE size_t message_blocks(size_t length) { return length / 64 + (length % 64 != 0); }

/* The words of block `block` where the message has none, little-endian. */
INLINE void padding(uint32_t words[16], size_t length, size_t block) {
  memset(words, 0, 64);
  if (length / 64 == block) words[length % 64 / 4] = 0x80u << 8 * (length % 4);
  if (block + 1 == padded_blocks(length)) {
    words[14] = __builtin_bswap32((uint32_t)((uint64_t)length >> 29));
    words[15] = __builtin_bswap32((uint32_t)((uint64_t)length << 3));
  }
}

/* Adds them to a block as it was loaded, zero beyond the message's end. */
INLINE void add_padding(V m[16], size_t length, size_t block) {
  if (length / 64 > block) return;
  uint32_t words[16];
  padding(words, length, block);
  for (int i = 0; i < 16; i++) m[i] = v_or(m[i], v_set1(words[i]));
}

INLINE uint32_t turn(uint32_t x, int k) { return x >> k | x << (32 - k); }

/* The schedule of a last block that holds padding alone, the same for all messages, with the rounds' constants added. */
static void padding_schedule(uint32_t schedule[64], size_t length) {
  uint32_t w[64];
  padding(w, length, padded_blocks(length) - 1);
  for (int t = 0; t < 16; t++) w[t] = __builtin_bswap32(w[t]);
  for (int t = 16; t < 64; t++) {
    uint32_t x = w[t - 15], y = w[t - 2];
    w[t] = w[t - 16] + w[t - 7] + (turn(x, 7) ^ turn(x, 18) ^ x >> 3) + (turn(y, 17) ^ turn(y, 19) ^ y >> 10);
  }
  for (int t = 0; t < 64; t++) schedule[t] = w[t] + SHA256_K[t];
}

/* The functions of apus_hash_kernels: what hash_group is handed is the schedule of the last block if that is padding
 * alone. */
static void hash_rows(uint8_t *digests, const uint32_t *const *columns, size_t column_count, size_t begin, size_t end) {
  uint32_t schedule[64];
  if (message_blocks(4 * column_count) < padded_blocks(4 * column_count)) padding_schedule(schedule, 4 * column_count);
  hash_rows_with(schedule, digests, columns, column_count, begin, end);
}
static void hash_rows64(uint8_t *digests, const uint64_t *const *columns, size_t column_count, size_t begin,
                        size_t end) {
  uint32_t schedule[64];
  if (message_blocks(8 * column_count) < padded_blocks(8 * column_count)) padding_schedule(schedule, 8 * column_count);
  hash_rows64_with(schedule, digests, columns, column_count, begin, end);
}
static void hash_messages(uint8_t *digests, const uint8_t *messages, size_t length, size_t n) {
  uint32_t schedule[64];
  if (message_blocks(length) < padded_blocks(length)) padding_schedule(schedule, length);
  hash_messages_with(schedule, digests, messages, length, n);
}
static void hash_pairs(uint8_t *digests, const uint8_t *pairs, size_t n) {
  hash_messages_with(SHA256_PAIR_PADDING, digests, pairs, 64, n);
}
