/* Filling a twist (ntt_babybear.h). Included by ntt_babybear.body.h. */

/* The integers w as Shoup's pairs: with m = w * 2^32 mod p, p * q = w * 2^32 - m, so q = -m / p mod 2^32. */
INLINE void store_entry(uint32_t *entry, V w) {
  v_store(entry, w);
  v_store(entry + LANES, v_mullo(bb_mul(w, v_set1(BABYBEAR_R2)), v_set1(BABYBEAR_MINUS_INVERSE_P)));
}

/* Montgomery words. */
static V squared_times(V x, unsigned times) {
  for (unsigned i = 0; i < times; i++) x = bb_mul(x, x);
  return x;
}

/* Entry i of 2^log: first * base^rev(i), for an integer `first` and a Montgomery word `base`. Each bit of i multiplies by
 * its own power of the base, the lowest by the highest: the table doubles bit by bit. */
static void fill_entries(uint32_t *entries, V first, V base, unsigned log) {
  store_entry(entries, first);
  for (unsigned bit = 0; bit < log; bit++) {
    V step = squared_times(base, log - 1 - bit);
    size_t half = (size_t)1 << bit;
    for (size_t i = 0; i < half; i++)
      store_entry(entries + 2 * ROW * (half + i), bb_mul(v_load(entries + 2 * ROW * i), step));
  }
}

static void LEVELED(fill_twist)(TWIST *twist, unsigned log_rows, uint32_t g, uint32_t shift, uint32_t first) {
  /* Lane k: shift * g^k. */
  uint32_t points[LANES];
  for (int k = 0; k < LANES; k++, shift = babybear_mul1(shift, g)) points[k] = shift;
  V base = v_load(points);

  unsigned blocks_log = log_rows - LANES_LOG - twist->rows_log;
  fill_entries(twist->of_rows, v_set1(first), squared_times(base, blocks_log), twist->rows_log);
  if (twist->of_blocks) fill_entries(twist->of_blocks, v_set1(1), base, blocks_log);

  for (unsigned log = 0; log < LANES_LOG; log++) {
    uint32_t power[2 * LANES];
    store_entry(power, bb_mul(squared_times(base, log_rows - 1 - log), v_set1(1)));
    for (size_t j = 0; j < (size_t)1 << log; j++)
      twist->in_rows[((size_t)1 << log) + j] = (FACTOR){power[j], power[LANES + j]};
  }
}
