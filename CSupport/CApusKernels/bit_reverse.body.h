/* The order of coefficients. Included by the transforms of each field and level, which say what WORD, FV, UNROLLED and
 * the operations on vectors are. */

/* i with its lowest `bits` bits reversed; i < 2^bits. */
INLINE size_t reversed(size_t i, unsigned bits) { return bits ? __builtin_bitreverse64(i) >> (64 - bits) : 0; }

/* The tile whose row r (the index's highest F_LANES_LOG bits) starts at from + r * stride: its vectors become the rows
 * of the tile at the reversed place. Loading rows in reversed order puts the lanes of the result in reversed order. */
INLINE void load_reversed_tile(FV *v, const WORD *from, size_t stride) {
  UNROLLED for (int r = 0; r < F_LANES; r++)
    v[reversed((size_t)r, F_LANES_LOG)] = f_load(from + (size_t)r * stride);
  f_transpose(v);
}
INLINE void store_reversed_tile(WORD *to, const FV *v, size_t stride) {
  UNROLLED for (int r = 0; r < F_LANES; r++)
    f_store(to + reversed((size_t)r, F_LANES_LOG) * stride, v[r]);
}

/* Of at least F_LANES^2 words; a piece of so many. */
static void LEVELED(bit_reverse)(WORD *words, unsigned log_rows, size_t pieces, size_t piece) {
  APUS_CHECK(log_rows >= 2 * F_LANES_LOG);
  /* An index is (row, middle, lane); its reverse is (reversed lane, reversed middle, reversed row). */
  unsigned middle_bits = log_rows - 2 * F_LANES_LOG;
  size_t stride = (size_t)1 << (log_rows - F_LANES_LOG), middles = ((size_t)1 << middle_bits) / pieces;
  /* The lower of two middles is the one that does the work: pieces have the less the later they are, which leaves short
   * ones for the end. */
  for (size_t middle = piece * middles; middle < (piece + 1) * middles; middle++) {
    size_t other = reversed(middle, middle_bits);
    if (other < middle) continue;
    FV v[F_LANES], u[F_LANES];
    load_reversed_tile(v, words + middle * F_LANES, stride);
    load_reversed_tile(u, words + other * F_LANES, stride);
    store_reversed_tile(words + other * F_LANES, v, stride);
    store_reversed_tile(words + middle * F_LANES, u, stride);
  }
}
