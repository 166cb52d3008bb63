/* Into how many pieces a transform is split, for either field. */
#ifndef APUS_NTT_SPLIT_H
#define APUS_NTT_SPLIT_H

#include <stddef.h>

enum {
  /* Bytes of a column that two threads finish sooner than one, though they wait for each other between steps. */
  APUS_NTT_LEAST_COLUMN = 128 << 10,
  /* Bytes of a piece, at least: a multiple of what vectors take at once in any pass, and far more work than handing it
   * out is. */
  APUS_NTT_LEAST_PIECE = 16 << 10,
  /* Pieces for each thread, at least: the more there are, the shorter the wait for the last one. */
  APUS_NTT_PIECES_EACH = 2,
};

/* Blocks that each of so many columns should have for so many threads; 1: a thread takes whole columns. */
static inline size_t apus_ntt_wanted_blocks(size_t columns, size_t threads) {
  if (columns == 0 || columns >= threads) return 1;
  return APUS_NTT_PIECES_EACH * ((threads + columns - 1) / columns);
}

static inline size_t apus_ntt_most_pieces(size_t column_bytes) {
  return column_bytes < APUS_NTT_LEAST_COLUMN ? 1 : column_bytes / APUS_NTT_LEAST_PIECE;
}

/* Pieces, where there are so many blocks. Few more than are wanted: a short piece of a pass is short runs of words from
 * many places, and memory gives those more slowly. */
static inline size_t apus_ntt_pieces(size_t blocks, size_t wanted, size_t most) {
  while (blocks > most || blocks >= 4 * wanted) blocks /= 2;
  return blocks;
}

#endif
