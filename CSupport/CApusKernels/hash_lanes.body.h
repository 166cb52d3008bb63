/* Many messages of equal length, lane = message: how their words come into vectors and digests leave them. Shared by
 * blake3_lanes.body.h and sha256_lanes.body.h; both hashes take a message in blocks of sixteen 32-bit words. */

/* Vectors of messages hashed side by side, block after block. Rows come from as many streams as there are columns: the
 * group reads GROUP consecutive cache lines of sixteen columns before it turns to the next sixteen. */
enum { GROUP = 8 };

/* Up to GROUP * LANES messages: rows of columns, or `messages` one after the other. */
typedef struct Source {
  const uint32_t *const *columns; /* NULL for byte messages */
  size_t column_count, row;
  const uint8_t *messages;
  size_t length; /* of one message, in bytes */
  size_t count;  /* messages in the group */
  size_t readable; /* bytes that may be read from `messages` on */
} Source;

/* LANES messages' words of block `block`; words beyond the end are zero. */
INLINE void load_rows(V m[16], const Source *s, size_t vector, size_t block) {
  size_t left = s->count - vector * LANES, offset = s->row + vector * LANES;
  for (size_t w = 0; w < 16; w++) {
    size_t column = 16 * block + w;
    /* The Montgomery product with 1 is the canonical integer. */
    m[w] = column < s->column_count ? bb_mul(bb_load_some(s->columns[column] + offset, left), v_set1(1)) : v_set1(0);
  }
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
  size_t first = vector * LANES * s->length + begin;
  if (s->count - vector * LANES >= LANES && first + (LANES - 1) * s->length + 64 <= s->readable) {
    /* All 64 bytes of every lane lie in the array, though some may be the next message's: read them, drop these. */
    load_blocks(m, s->messages + first, s->length);
    for (size_t w = bytes / 4; w < 16; w++)
      m[w] = v_and(m[w], v_set1(w == bytes / 4 ? (1u << 8 * (bytes % 4)) - 1 : 0));
    return;
  }
  size_t lanes = s->count - vector * LANES < LANES ? s->count - vector * LANES : LANES;
  uint8_t copy[LANES][64] = {{0}};
  for (size_t lane = 0; lane < lanes && bytes; lane++) memcpy(copy[lane], s->messages + first + lane * s->length, bytes);
  load_blocks(m, copy[0], 64);
}

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

/* Defined by the hash: the digests of the group, s->count of them. */
static void hash_group(uint8_t *digests, const Source *s);

static void hash_rows(uint8_t *digests, const uint32_t *const *columns, size_t column_count, size_t begin, size_t end) {
  /* A null pointer tells byte messages: rows of no columns are the empty message. */
  static const uint32_t *const no_columns[1];
  for (size_t c = 0; c < column_count; c++) APUS_CHECK_BELOW(columns[c] + begin, 0x78000001u, end - begin);
  Source s = {.columns = column_count ? columns : no_columns, .column_count = column_count, .length = 4 * column_count};
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

/* Digests of pairs may overwrite them: a vector's pairs are all read before its digests are written. */
static void hash_pairs(uint8_t *digests, const uint8_t *pairs, size_t n) {
  for (size_t i = 0; i < n; i += LANES) {
    Source s = {.messages = pairs + 64 * i, .length = 64, .count = n - i < LANES ? n - i : LANES};
    s.readable = 64 * s.count;
    hash_group(digests + 32 * i, &s);
  }
}
