/* Element-wise BabyBear kernels. Compiled by babybear_portable.c, babybear_avx2.c and babybear_avx512.c. */

enum { BABYBEAR_P = 0x78000001 };

static void LEVELED(add)(uint32_t *out, const uint32_t *a, const uint32_t *b, size_t n) {
  APUS_CHECK_BELOW(a, BABYBEAR_P, n);
  APUS_CHECK_BELOW(b, BABYBEAR_P, n);
  FOR_VECTORS(n) bb_store_some(out + i, left, bb_add(bb_load_some(a + i, left), bb_load_some(b + i, left)));
}

static void LEVELED(sub)(uint32_t *out, const uint32_t *a, const uint32_t *b, size_t n) {
  APUS_CHECK_BELOW(a, BABYBEAR_P, n);
  APUS_CHECK_BELOW(b, BABYBEAR_P, n);
  FOR_VECTORS(n) bb_store_some(out + i, left, bb_sub(bb_load_some(a + i, left), bb_load_some(b + i, left)));
}

static void LEVELED(mul)(uint32_t *out, const uint32_t *a, const uint32_t *b, size_t n) {
  APUS_CHECK_BELOW(a, BABYBEAR_P, n);
  APUS_CHECK_BELOW(b, BABYBEAR_P, n);
  FOR_VECTORS(n) bb_store_some(out + i, left, bb_mul(bb_load_some(a + i, left), bb_load_some(b + i, left)));
}

static void LEVELED(scale)(uint32_t *out, const uint32_t *a, uint32_t s, size_t n) {
  APUS_CHECK_BELOW(a, BABYBEAR_P, n);
  APUS_CHECK(s < BABYBEAR_P);
  V factor = v_set1(s);
  FOR_VECTORS(n) bb_store_some(out + i, left, bb_mul(bb_load_some(a + i, left), factor));
}

static void LEVELED(mul_add)(uint32_t *out, const uint32_t *a, const uint32_t *b, const uint32_t *c, size_t n) {
  APUS_CHECK_BELOW(a, BABYBEAR_P, n);
  APUS_CHECK_BELOW(b, BABYBEAR_P, n);
  APUS_CHECK_BELOW(c, BABYBEAR_P, n);
  FOR_VECTORS(n) {
    V product = bb_mul(bb_load_some(a + i, left), bb_load_some(b + i, left));
    bb_store_some(out + i, left, bb_add(product, bb_load_some(c + i, left)));
  }
}

/* x^(2^count) */
INLINE V squared(V x, int count) {
  for (int i = 0; i < count; i++) x = bb_mul(x, x);
  return x;
}

/* Each lane to the power p - 2 = 2^31 - 2^27 - 1, in binary three ones, a zero, and 27 ones. Squaring x^7 on does not
 * wait for the powers with 6 and 12 ones. */
INLINE V invert(V x) {
  V ones3 = bb_mul(squared(bb_mul(bb_mul(x, x), x), 1), x);
  V ones6 = bb_mul(squared(ones3, 3), ones3), ones12 = bb_mul(squared(ones6, 6), ones6);
  V r = bb_mul(squared(ones3, 4), ones3);
  return bb_mul(squared(bb_mul(squared(r, 12), ones12), 12), ones12);
}

/* Montgomery's trick. Each lane of each of some vectors has its own running product, since one product would wait for
 * the other; a block's words and prefixes stay in the first cache until they are used again. */
enum { CHAINS = 4, INVERSE_BLOCK = 4096 };

/* One more factor of a product; one stands for zero. */
INLINE V chain_extend(V product, uint32_t *prefix, const uint32_t *a, size_t left) {
  V x = bb_load_some(a, left);
  bb_store_some(prefix, left, product);
  return bb_mul(product, v_max(x, v_set1(1)));
}

/* From the inverse of a product to that of the product without its last factor, whose inverse is stored. */
INLINE V chain_shorten(V inverse, uint32_t *out, const uint32_t *prefix, const uint32_t *a, size_t left) {
  V x = bb_load_some(a, left), factor = v_max(x, v_set1(1)), zeros = v_sub(x, factor);
  bb_store_some(out, left, v_andnot(zeros, bb_mul(inverse, bb_load_some(prefix, left))));
  return bb_mul(inverse, factor);
}

static void invert_block(uint32_t *out, const uint32_t *a, uint32_t *prefix, size_t n) {
  V chain[CHAINS], before[CHAINS];
  for (int c = 0; c < CHAINS; c++) chain[c] = v_set1(BABYBEAR_ONE);
  size_t full = n / (CHAINS * LANES) * (CHAINS * LANES);
  for (size_t i = 0; i < full; i += CHAINS * LANES)
    for (size_t c = 0; c < CHAINS; c++)
      chain[c] = chain_extend(chain[c], prefix + i + c * LANES, a + i + c * LANES, LANES);
  for (size_t i = full, c = 0; i < n; i += LANES, c++) chain[c] = chain_extend(chain[c], prefix + i, a + i, n - i);

  V all = v_set1(BABYBEAR_ONE);
  for (int c = 0; c < CHAINS; c++) before[c] = all, all = bb_mul(all, chain[c]);
  all = invert(all);
  for (int c = CHAINS - 1; c >= 0; c--) {
    V inverse = bb_mul(all, before[c]);
    all = bb_mul(all, chain[c]);
    chain[c] = inverse;
  }

  for (size_t i = full, c = 0; i < n; i += LANES, c++)
    chain[c] = chain_shorten(chain[c], out + i, prefix + i, a + i, n - i);
  for (size_t i = full; i > 0;) {
    i -= CHAINS * LANES;
    for (size_t c = 0; c < CHAINS; c++)
      chain[c] = chain_shorten(chain[c], out + i + c * LANES, prefix + i + c * LANES, a + i + c * LANES, LANES);
  }
}

static void LEVELED(batch_inverse)(uint32_t *out, const uint32_t *a, uint32_t *scratch, size_t n) {
  APUS_CHECK_BELOW(a, BABYBEAR_P, n);
  for (size_t i = 0; i < n; i += INVERSE_BLOCK)
    invert_block(out + i, a + i, scratch, n - i < INVERSE_BLOCK ? n - i : INVERSE_BLOCK);
}

static void LEVELED(to_montgomery)(uint32_t *out, const uint32_t *in, size_t n) {
  V r2 = v_set1(BABYBEAR_R2);
  FOR_VECTORS(n) bb_store_some(out + i, left, bb_mul(bb_load_some(in + i, left), r2));
}

static void LEVELED(from_montgomery)(uint32_t *out, const uint32_t *in, size_t n) {
  APUS_CHECK_BELOW(in, BABYBEAR_P, n);
  FOR_VECTORS(n) bb_store_some(out + i, left, bb_canonical(bb_load_some(in + i, left)));
}

static void LEVELED(powers)(uint32_t *out, uint32_t first, uint32_t ratio, size_t n) {
  APUS_CHECK(first < BABYBEAR_P && ratio < BABYBEAR_P);
  uint32_t lanes[LANES], stride = BABYBEAR_ONE;
  for (size_t j = 0; j < LANES; j++) {
    lanes[j] = babybear_mul1(first, stride);
    stride = babybear_mul1(stride, ratio);
  }
  V value = v_load(lanes), step = v_set1(stride);
  FOR_VECTORS(n) {
    bb_store_some(out + i, left, value);
    value = bb_mul(value, step);
  }
}

const apus_babybear_kernels LEVELED(apus_babybear_kernels) = {
    .add = LEVELED(add),
    .sub = LEVELED(sub),
    .mul = LEVELED(mul),
    .scale = LEVELED(scale),
    .mul_add = LEVELED(mul_add),
    .batch_inverse = LEVELED(batch_inverse),
    .to_montgomery = LEVELED(to_montgomery),
    .from_montgomery = LEVELED(from_montgomery),
    .powers = LEVELED(powers),
};
