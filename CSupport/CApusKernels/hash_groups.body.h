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

/* Words that a group reads next: of columns [next, end) those of `vectors` vectors of rows from `row` on. */
typedef struct Ahead {
  const uint32_t *const *columns;
  size_t row, next, end, vectors;
} Ahead;

/* The words of `vectors` vectors from `vector` on in the block after `block`, `width` columns to a block; after the last
 * block, of the next group's first. */
INLINE Ahead look_ahead(const Source *s, size_t vector, size_t vectors, size_t block, size_t width) {
  Ahead a = {.columns = s->columns, .row = s->row + vector * LANES, .next = width * (block + 1), .vectors = vectors};
  if (a.next >= s->column_count) {
    a.next = 0;
    a.row += GROUP * LANES;
    if (a.row >= s->end) return a;
  }
  a.end = s->column_count - a.next < width ? s->column_count : a.next + width;
  return a;
}

/* Asks for the words of the next `count` columns. */
INLINE void ask(Ahead *a, size_t count) {
  for (; count > 0 && a->next < a->end; count--, a->next++)
    for (size_t v = 0; v < a->vectors; v++) __builtin_prefetch(a->columns[a->next] + a->row + v * LANES);
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
