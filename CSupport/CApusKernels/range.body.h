/* Whether words are below a bound - compiled by range_portable.c, range_avx2.c, range_avx512.c. */

static int below32(const uint32_t *a, uint32_t bound, size_t n) {
  APUS_CHECK(bound != 0);
  V most = v_set1(bound - 1), beyond = v_set1(0);
  for (size_t i = 0; i < n; i += LANES) {
    V x = bb_load_some(a + i, n - i);
    beyond = v_or(beyond, v_sub(x, v_min(x, most)));
  }
  uint32_t lanes[LANES], any = 0;
  v_store(lanes, beyond);
  for (size_t i = 0; i < LANES; i++) any |= lanes[i];
  return any == 0;
}

/* The top bit of each lane tells whether a - bound borrows, which it does exactly if a < bound. */
static int below64(const uint64_t *a, uint64_t bound, size_t n) {
  APUS_CHECK(bound != 0);
  W b = w_set1(bound), borrows = w_set1(~0ull);
  for (size_t i = 0; i < n; i += LANES64) {
    W x = gl_load_some(a + i, n - i);
    borrows = w_and(borrows, w_or(w_andnot(x, b), w_andnot(w_xor(x, b), w_sub(x, b))));
  }
  uint64_t lanes[LANES64], all = ~0ull;
  w_store(lanes, borrows);
  for (size_t i = 0; i < LANES64; i++) all &= lanes[i];
  return (int)(all >> 63);
}

const apus_range_kernels LEVELED(apus_range_kernels) = {below32, below64};
