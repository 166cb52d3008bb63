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
  const uint32_t *const *columns32; /* NULL for byte messages and rows of 64-bit words */
  const uint64_t *const *columns64; /* NULL for byte messages and rows of 32-bit words */
  size_t words;    /* of 32 bits, in a row */
  size_t row, end; /* the group's first row; all groups' end */
  const uint8_t *messages;
  size_t readable; /* bytes that may be read from `messages` on */
  size_t length;   /* of one message, in bytes */
  size_t count;    /* messages in the group */
  const void *context; /* what the hash knows of messages of this length; NULL if nothing */
} Source;

/* Words that a group reads next: those of rows' words [next, end), of `vectors` vectors of rows from `row` on. Two words
 * of 32 bits are one of 64, whose vectors are twice as long: each asks for one half. */
typedef struct Ahead {
  const Source *source;
  size_t row, next, end, vectors;
} Ahead;

/* The words of `vectors` vectors from `vector` on in the block after `block`, `width` words to a block; after the last
 * block, of the next group's first. */
INLINE Ahead look_ahead(const Source *s, size_t vector, size_t vectors, size_t block, size_t width) {
  Ahead a = {.source = s, .row = s->row + vector * LANES, .next = width * (block + 1), .vectors = vectors};
  if (a.next >= s->words) {
    a.next = 0;
    a.row += GROUP * LANES;
    if (a.row >= s->end) return a;
  }
  a.end = s->words - a.next < width ? s->words : a.next + width;
  return a;
}

/* Asks for the next `count` words. */
INLINE void ask(Ahead *a, size_t count) {
  for (; count > 0 && a->next < a->end; count--, a->next++)
    for (size_t v = 0; v < a->vectors; v++) {
      size_t row = a->row + v * LANES, half = a->next % 2 * LANES / 2;
      if (a->source->columns64)
        __builtin_prefetch(a->source->columns64[a->next / 2] + row + half);
      else
        __builtin_prefetch(a->source->columns32[a->next] + row);
    }
}

/* The canonical words number `word` of `left` rows from `row` on; zero beyond a row's end. */
INLINE V load_word32(const Source *s, size_t word, size_t row, size_t left) {
  return word < s->words ? bb_canonical(bb_load_some(s->columns32[word] + row, left)) : v_set1(0);
}
INLINE void load_word64(V words[2], const Source *s, size_t word, size_t row, size_t left) {
  words[0] = words[1] = v_set1(0);
  if (word >= s->words) return;
  const uint64_t *from = s->columns64[word / 2] + row;
  uint64_t copy[LANES] = {0};
  if (left < LANES) from = memcpy(copy, from, left * sizeof *from);
  v_load_halves(from, &words[0], &words[1]);
}
/* Of words `word`, an even number, and the one after it. */
INLINE void load_word_pair(V words[2], const Source *s, size_t word, size_t row, size_t left) {
  if (s->columns64) {
    load_word64(words, s, word, row, left);
  } else {
    words[0] = load_word32(s, word, row, left);
    words[1] = load_word32(s, word + 1, row, left);
  }
}

/* Whether messages are rows of columns. Empty rows are bytes, none of them. */
INLINE int source_is_rows(const Source *s) { return s->words != 0; }

/* Vectors that hold the group's messages. */
INLINE size_t source_vectors(const Source *s) { return (s->count + LANES - 1) / LANES; }

/* Defined by the hash: the digests of the group's messages. Reads all of them before it writes a digest. */
static void hash_group(uint8_t *digests, const Source *s);

INLINE void hash_source_rows(uint8_t *digests, Source s, size_t begin, size_t end) {
  s.length = 4 * s.words;
  s.end = end;
  for (s.row = begin; s.row < end; s.row += s.count) {
    s.count = end - s.row < GROUP * LANES ? end - s.row : GROUP * LANES;
    hash_group(digests + 32 * (s.row - begin), &s);
  }
}

/* The functions of apus_hash_kernels; `context` is handed to hash_group. */
INLINE void hash_rows_with(const void *context, uint8_t *digests, const uint32_t *const *columns, size_t column_count,
                           size_t begin, size_t end) {
  for (size_t c = 0; c < column_count; c++) APUS_CHECK_BELOW(columns[c] + begin, 0x78000001u, end - begin);
  hash_source_rows(digests, (Source){.columns32 = columns, .words = column_count, .context = context}, begin, end);
}
INLINE void hash_rows64_with(const void *context, uint8_t *digests, const uint64_t *const *columns,
                             size_t column_count, size_t begin, size_t end) {
  for (size_t c = 0; c < column_count; c++) APUS_CHECK_BELOW64(columns[c] + begin, 0xffffffff00000001u, end - begin);
  hash_source_rows(digests, (Source){.columns64 = columns, .words = 2 * column_count, .context = context}, begin, end);
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
