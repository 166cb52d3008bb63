/* Goldilocks column kernels. Compiled by goldilocks_portable.c, goldilocks_avx2.c and goldilocks_avx512.c. */

#define FOR_VECTORS64(n) for (size_t i = 0, left = (n); i < (n); i += LANES64, left -= left < LANES64 ? left : LANES64)

static void LEVELED(add)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n) {
  APUS_CHECK_BELOW64(a, APUS_GOLDILOCKS_P, n);
  APUS_CHECK_BELOW64(b, APUS_GOLDILOCKS_P, n);
  FOR_VECTORS64(n)
    gl_store_some(out + i, left, gl_add(gl_load_some(a + i, left), gl_load_some(b + i, left)));
}

static void LEVELED(sub)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n) {
  APUS_CHECK_BELOW64(a, APUS_GOLDILOCKS_P, n);
  APUS_CHECK_BELOW64(b, APUS_GOLDILOCKS_P, n);
  FOR_VECTORS64(n)
    gl_store_some(out + i, left, gl_sub(gl_load_some(a + i, left), gl_load_some(b + i, left)));
}

static void LEVELED(mul)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n) {
  APUS_CHECK_BELOW64(a, APUS_GOLDILOCKS_P, n);
  APUS_CHECK_BELOW64(b, APUS_GOLDILOCKS_P, n);
  FOR_VECTORS64(n)
    gl_store_some(out + i, left, gl_mul(gl_load_some(a + i, left), gl_load_some(b + i, left)));
}

static void LEVELED(mul_add)(uint64_t *out, const uint64_t *a, const uint64_t *b, const uint64_t *c, size_t n) {
  APUS_CHECK_BELOW64(a, APUS_GOLDILOCKS_P, n);
  APUS_CHECK_BELOW64(b, APUS_GOLDILOCKS_P, n);
  APUS_CHECK_BELOW64(c, APUS_GOLDILOCKS_P, n);
  FOR_VECTORS64(n) {
    W product = gl_mul(gl_load_some(a + i, left), gl_load_some(b + i, left));
    gl_store_some(out + i, left, gl_add(product, gl_load_some(c + i, left)));
  }
}

INLINE void scale_by(uint64_t *out, const uint64_t *a, W s, size_t n) {
  FOR_VECTORS64(n) gl_store_some(out + i, left, gl_mul(gl_load_some(a + i, left), s));
}

static void LEVELED(scale)(uint64_t *out, const uint64_t *a, uint64_t s, size_t n) {
  APUS_CHECK_BELOW64(a, APUS_GOLDILOCKS_P, n);
  APUS_CHECK(s < APUS_GOLDILOCKS_P);
  scale_by(out, a, w_set1(s), n);
}

static void LEVELED(reduce)(uint64_t *out, const uint64_t *in, size_t n) {
  FOR_VECTORS64(n) gl_store_some(out + i, left, gl_reduce(gl_load_some(in + i, left)));
}

static void LEVELED(powers)(uint64_t *out, uint64_t first, uint64_t ratio, size_t n) {
  APUS_CHECK(first < APUS_GOLDILOCKS_P && ratio < APUS_GOLDILOCKS_P);
  if (n == 0) return;
  out[0] = first;
  /* Doubling up to one block, then block from block: products within a block are independent, so no multiplication
   * waits for the one before it. step = ratio^done while doubling, ratio^block after. */
  enum { block = 16 * LANES64 };
  W step = w_set1(ratio);
  size_t done = 1;
  for (; done < n && done < block; done *= 2, step = gl_square(step))
    scale_by(out + done, out, step, n - done < done ? n - done : done);
  for (; done < n; done += block)
    scale_by(out + done, out + done - block, step, n - done < block ? n - done : block);
}

/* Independent running products, so that a multiplication does not wait for the one before it. */
enum { CHAINS = 4 };

/* x[k] to the power p - 2 = (2^31 - 1) * 2^33 + 2^32 - 1. */
INLINE void gl_inverses(W x[CHAINS]) {
  /* power[k] = x[k]^(2^ones - 1); appending ones to the exponent's binary digits. */
  W power[CHAINS], shifted[CHAINS];
  static const unsigned char lengths[] = {1, 3, 7, 15, 31};
  for (int k = 0; k < CHAINS; k++) power[k] = x[k];
  for (int l = 1; l < (int)sizeof lengths; l++) {
    for (int k = 0; k < CHAINS; k++) shifted[k] = power[k];
    for (int s = 0; s < lengths[l - 1]; s++)
      for (int k = 0; k < CHAINS; k++) shifted[k] = gl_square(shifted[k]);
    for (int k = 0; k < CHAINS; k++) power[k] = gl_mul(gl_square(gl_mul(shifted[k], power[k])), x[k]);
  }
  for (int k = 0; k < CHAINS; k++) shifted[k] = power[k];
  for (int s = 0; s < 33; s++)
    for (int k = 0; k < CHAINS; k++) shifted[k] = gl_square(shifted[k]);
  for (int k = 0; k < CHAINS; k++) x[k] = gl_mul(shifted[k], gl_mul(gl_square(power[k]), x[k]));
}

/* Montgomery's trick in each lane of each chain: the element after at (lanes beyond `left` count as zero) times the
 * running product, and back. Zeros count as one on the way and come out as zero. */
INLINE void inverse_forward(W *product, const uint64_t *a, uint64_t *scratch, size_t left) {
  W x = gl_load_some(a, left);
  gl_store_some(scratch, left, *product);
  *product = gl_mul(*product, w_where(x, x, w_set1(1)));
}
INLINE void inverse_back(W *inverse, uint64_t *out, const uint64_t *a, const uint64_t *scratch, size_t left) {
  W x = gl_load_some(a, left);
  W result = gl_mul(*inverse, gl_load_some(scratch, left));
  *inverse = gl_mul(*inverse, w_where(x, x, w_set1(1)));
  gl_store_some(out, left, w_where(x, result, w_set1(0)));
}

static void LEVELED(batch_inverse)(uint64_t *out, const uint64_t *a, uint64_t *scratch, size_t n) {
  APUS_CHECK_BELOW64(a, APUS_GOLDILOCKS_P, n);
  size_t whole = n / (CHAINS * LANES64) * (CHAINS * LANES64), i;
  W product[CHAINS];
  for (int k = 0; k < CHAINS; k++) product[k] = w_set1(1);
  for (i = 0; i < whole; i += CHAINS * LANES64)
    for (int k = 0; k < CHAINS; k++)
      inverse_forward(&product[k], a + i + k * LANES64, scratch + i + k * LANES64, LANES64);
  for (; i < n; i += LANES64) inverse_forward(&product[0], a + i, scratch + i, n - i);

  gl_inverses(product);
  while (i > whole) {
    i -= LANES64;
    inverse_back(&product[0], out + i, a + i, scratch + i, n - i);
  }
  while (i > 0) {
    i -= CHAINS * LANES64;
    for (int k = 0; k < CHAINS; k++)
      inverse_back(&product[k], out + i + k * LANES64, a + i + k * LANES64, scratch + i + k * LANES64, LANES64);
  }
}

const apus_goldilocks_kernels LEVELED(apus_goldilocks_kernels) = {
    .add = LEVELED(add),
    .sub = LEVELED(sub),
    .mul = LEVELED(mul),
    .scale = LEVELED(scale),
    .mul_add = LEVELED(mul_add),
    .batch_inverse = LEVELED(batch_inverse),
    .powers = LEVELED(powers),
    .reduce = LEVELED(reduce),
};
