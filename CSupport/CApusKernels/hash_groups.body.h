/* Many messages of equal length, lane = message: how they are cut into groups, and where their words come from. Shared
 * by the bodies of all hashes of bytes. */

/* Vectors of messages hashed side by side, block after block. Rows come from as many streams as there are columns, too
 * many for the processor's own prefetching: a group reads GROUP consecutive vectors of one block's columns, asking for
 * the next block's meanwhile, before it turns to those. 136 columns of 2^19 rows, BLAKE3, AVX-512, Zen 5, in
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
  const void *context; /* what the hash knows of messages of this length; NULL if nothing */
} Source;

/* Asks for the words from `row` on of the columns of block `block`, `width` columns to a block; past the last block, of
 * the next group's first. */
INLINE void prefetch_rows(const Source *s, size_t row, size_t block, size_t width) {
  size_t first = width * block;
  if (first >= s->column_count) {
    first = 0;
    row += GROUP * LANES;
    if (row >= s->end) return;
  }
  size_t last = s->column_count - first < width ? s->column_count : first + width;
  for (size_t c = first; c < last; c++) __builtin_prefetch(s->columns[c] + row);
}

/* The canonical words of `left` rows of a column from `row` on; zero for a column beyond the last. */
INLINE V load_column(const Source *s, size_t column, size_t row, size_t left) {
  if (column >= s->column_count) return v_set1(0);
  return bb_canonical(bb_load_some(s->columns[column] + row, left));
}

/* Vectors that hold the group's messages. */
INLINE size_t source_vectors(const Source *s) { return (s->count + LANES - 1) / LANES; }

/* Defined by the hash: the digests of the group's messages. Reads all of them before it writes a digest. */
static void hash_group(uint8_t *digests, const Source *s);

/* The functions of apus_hash_kernels; `context` is handed to hash_group. */
INLINE void hash_rows_with(const void *context, uint8_t *digests, const uint32_t *const *columns, size_t column_count,
                           size_t begin, size_t end) {
  for (size_t c = 0; c < column_count; c++) APUS_CHECK_BELOW(columns[c] + begin, 0x78000001u, end - begin);
  static const uint32_t *const no_columns[1]; /* tells rows from byte messages even where `columns` is NULL */
  Source s = {.columns = column_count ? columns : no_columns, .column_count = column_count, .length = 4 * column_count};
  s.context = context;
  s.end = end;
  for (s.row = begin; s.row < end; s.row += s.count) {
    s.count = end - s.row < GROUP * LANES ? end - s.row : GROUP * LANES;
    hash_group(digests + 32 * (s.row - begin), &s);
  }
}

/* Digests may overwrite messages of 64 bytes: what hash_group writes lies before the groups that are still to be read. */
INLINE void hash_messages_with(const void *context, uint8_t *digests, const uint8_t *messages, size_t length,
                               size_t n) {
  Source s = {.length = length, .context = context};
  for (size_t i = 0; i < n; i += s.count) {
    s.count = n - i < GROUP * LANES ? n - i : GROUP * LANES;
    s.messages = length ? messages + i * length : messages;
    s.readable = (n - i) * length;
    hash_group(digests + 32 * i, &s);
  }
}
