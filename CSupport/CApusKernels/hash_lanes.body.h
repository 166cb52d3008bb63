/* Many messages of equal length, lane = message: how their words come into vectors and digests leave them. Shared by
 * blake3_lanes.body.h and sha256_lanes.body.h; both hashes take a message in blocks of sixteen 32-bit words. */

/* Vectors of messages hashed side by side, block after block. Rows come from as many streams as there are columns, too
 * many for the processor's own prefetching: a group reads GROUP consecutive vectors of sixteen columns, asking for the
 * next sixteen columns' meanwhile, before it turns to those. 136 columns of 2^19 rows, BLAKE3, AVX-512, Zen 5, in
 * nanoseconds a row, when a row in the cache still took 61: 156 without asking; with it 111, 81, 68, 69 for 1, 2, 4, 8
 * vectors. */
enum { GROUP = 4 };

/* Up to GROUP * LANES messages: rows of columns, or byte messages one after the other. */
typedef struct Source {
  const uint32_t *const *columns; /* NULL for byte messages */
  size_t column_count;
  size_t row, end; /* the group's first row; all groups' end */
  const uint8_t *messages;
  size_t readable; /* bytes that may be read from `messages` on */
  size_t length;   /* of one message, in bytes */
  size_t count;    /* messages in the group */
} Source;

/* Asks for the words from `row` on of the columns of block `block`; past the last block, of the next group's first. */
INLINE void prefetch_rows(const Source *s, size_t row, size_t block) {
  size_t first = 16 * block;
  if (first >= s->column_count) {
    first = 0;
    row += GROUP * LANES;
    if (row >= s->end) return;
  }
  size_t last = s->column_count - first < 16 ? s->column_count : first + 16;
  for (size_t c = first; c < last; c++) __builtin_prefetch(s->columns[c] + row);
}

INLINE void load_rows(V m[16], const Source *s, size_t vector, size_t block) {
  size_t row = s->row + vector * LANES, left = s->count - vector * LANES;
  for (size_t w = 0; w < 16; w++) {
    size_t column = 16 * block + w;
    /* The Montgomery product with 1 is the canonical integer. */
    m[w] = column < s->column_count ? bb_mul(bb_load_some(s->columns[column] + row, left), v_set1(1)) : v_set1(0);
  }
  prefetch_rows(s, row, block + 1);
}

/* m[w] = word w of the LANES blocks of 64 bytes that begin `stride` bytes apart. */
INLINE void load_blocks(V m[16], const uint8_t *blocks, size_t stride) {
  for (size_t w = 0; w < 16; w += LANES) {
    for (size_t lane = 0; lane < LANES; lane++) m[w + lane] = v_load_bytes(blocks + lane * stride + 4 * w);
    v_transpose(m + w);
  }
}

INLINE void load_messages(V m[16], const Source *s, size_t vector, size_t block) {
  size_t begin = 64 * block, bytes = begin < s->length ? s->length - begin : 0;
  if (bytes > 64) bytes = 64;
  size_t left = s->count - vector * LANES, first = vector * LANES * s->length + begin;
  if (left >= LANES && first + (LANES - 1) * s->length + 64 <= s->readable) {
    /* All 64 bytes of every lane lie in the array, though some may be the next message's: read them, drop these. */
    load_blocks(m, s->messages + first, s->length);
    for (size_t w = bytes / 4; w < 16; w++)
      m[w] = v_and(m[w], v_set1(w == bytes / 4 ? (1u << 8 * (bytes % 4)) - 1 : 0));
    return;
  }
  uint8_t copy[LANES][64] = {{0}};
  for (size_t lane = 0; lane < LANES && lane < left && bytes; lane++)
    memcpy(copy[lane], s->messages + first + lane * s->length, bytes);
  load_blocks(m, copy[0], 64);
}

/* Words of block `block` of the LANES messages of vector `vector`, lane = message, little-endian; words and bytes
 * beyond the messages' end are zero. */
INLINE void load_words(V m[16], const Source *s, size_t vector, size_t block) {
  if (s->columns)
    load_rows(m, s, vector, block);
  else
    load_messages(m, s, vector, block);
}

/* Vectors that hold the group's messages. */
INLINE size_t source_vectors(const Source *s) { return (s->count + LANES - 1) / LANES; }

/* The first `count` lanes' digests, 32 bytes each, from their eight words of state. */
INLINE void store_digests(uint8_t *digests, const V state[8], size_t count) {
  for (size_t w = 0; w < 8; w += LANES) {
    V t[LANES];
    for (size_t i = 0; i < LANES; i++) t[i] = w + i < 8 ? state[w + i] : v_set1(0);
    v_transpose(t);
    for (size_t lane = 0; lane < LANES && lane < count; lane++) {
      if (LANES > 8)
        v_store_first((uint32_t *)(void *)(digests + 32 * lane), 8, t[lane]);
      else
        v_store_bytes(digests + 32 * lane + 4 * w, t[lane]);
    }
  }
}

/* Defined by the hash: the digests of the group's messages. Reads all of them before it writes a digest. */
static void hash_group(uint8_t *digests, const Source *s);

static void hash_rows(uint8_t *digests, const uint32_t *const *columns, size_t column_count, size_t begin, size_t end) {
  for (size_t c = 0; c < column_count; c++) APUS_CHECK_BELOW(columns[c] + begin, 0x78000001u, end - begin);
  static const uint32_t *const no_columns[1]; /* tells rows from byte messages even where `columns` is NULL */
  Source s = {.columns = column_count ? columns : no_columns, .column_count = column_count, .length = 4 * column_count};
  s.end = end;
  for (s.row = begin; s.row < end; s.row += s.count) {
    s.count = end - s.row < GROUP * LANES ? end - s.row : GROUP * LANES;
    hash_group(digests + 32 * (s.row - begin), &s);
  }
}

static void hash_messages(uint8_t *digests, const uint8_t *messages, size_t length, size_t n) {
  Source s = {.length = length};
  for (size_t i = 0; i < n; i += s.count) {
    s.count = n - i < GROUP * LANES ? n - i : GROUP * LANES;
    s.messages = length ? messages + i * length : messages;
    s.readable = (n - i) * length;
    hash_group(digests + 32 * i, &s);
  }
}

/* Digests may overwrite pairs: what hash_group writes lies before the groups that are still to be read. */
static void hash_pairs(uint8_t *digests, const uint8_t *pairs, size_t n) { hash_messages(digests, pairs, 64, n); }
