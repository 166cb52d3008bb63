/* Goldilocks column kernels. Compiled by goldilocks_portable.c, goldilocks_avx2.c and goldilocks_avx512.c. */

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

/* This many products side by side, as gl_mul_each says. */
enum { TOGETHER = LANES64 > 4 ? 4 : LANES64 > 1 ? 2 : 1, BLOCK = TOGETHER * LANES64 };
/* The vectors of one block, and their high words without a shuffle: more follows. */
INLINE void load_block(W *v, W *vh, const uint64_t *a) {
  UNROLLED for (int k = 0; k < TOGETHER; k++) v[k] = w_load(a + k * LANES64), vh[k] = w_load_high(a + k * LANES64);
}
INLINE void store_block(uint64_t *out, const W *v) {
  UNROLLED for (int k = 0; k < TOGETHER; k++) w_store(out + k * LANES64, v[k]);
}

static void LEVELED(mul)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n) {
  APUS_CHECK_BELOW64(a, APUS_GOLDILOCKS_P, n);
  APUS_CHECK_BELOW64(b, APUS_GOLDILOCKS_P, n);
  size_t done = 0;
  for (; done + BLOCK < n; done += BLOCK) {
    W v[TOGETHER], vh[TOGETHER], u[TOGETHER], uh[TOGETHER];
    load_block(v, vh, a + done);
    load_block(u, uh, b + done);
    gl_mul_each(v, vh, u, uh, TOGETHER);
    store_block(out + done, v);
  }
  FOR_VECTORS64_FROM(done, n)
    gl_store_some(out + i, left, gl_mul(gl_load_some(a + i, left), gl_load_some(b + i, left)));
}

static void LEVELED(mul_add)(uint64_t *out, const uint64_t *a, const uint64_t *b, const uint64_t *c, size_t n) {
  APUS_CHECK_BELOW64(a, APUS_GOLDILOCKS_P, n);
  APUS_CHECK_BELOW64(b, APUS_GOLDILOCKS_P, n);
  APUS_CHECK_BELOW64(c, APUS_GOLDILOCKS_P, n);
  size_t done = 0;
  for (; done + BLOCK < n; done += BLOCK) {
    W v[TOGETHER], vh[TOGETHER], u[TOGETHER], uh[TOGETHER];
    load_block(v, vh, a + done);
    load_block(u, uh, b + done);
    gl_mul_each(v, vh, u, uh, TOGETHER);
    UNROLLED for (int k = 0; k < TOGETHER; k++) v[k] = gl_add(v[k], w_load(c + done + k * LANES64));
    store_block(out + done, v);
  }
  FOR_VECTORS64_FROM(done, n) {
    W product = gl_mul(gl_load_some(a + i, left), gl_load_some(b + i, left));
    gl_store_some(out + i, left, gl_add(product, gl_load_some(c + i, left)));
  }
}

INLINE void scale_by(uint64_t *out, const uint64_t *a, W s, size_t n) {
  W factors[TOGETHER], high_factors[TOGETHER];
  UNROLLED for (int k = 0; k < TOGETHER; k++) factors[k] = s, high_factors[k] = w_high(s);
  size_t done = 0;
  for (; done + BLOCK < n; done += BLOCK) {
    W v[TOGETHER], vh[TOGETHER];
    load_block(v, vh, a + done);
    gl_mul_each(v, vh, factors, high_factors, TOGETHER);
    store_block(out + done, v);
  }
  FOR_VECTORS64_FROM(done, n) gl_store_some(out + i, left, gl_mul(gl_load_some(a + i, left), s));
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
enum { CHAINS = LANES64 > 4 ? 8 : 4, STEP = CHAINS * LANES64 };

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

/* Montgomery's trick in each lane of each chain: an element times the running product, and back. Zeros count as one on
 * the way and come out as zero; so do lanes beyond the end. */
INLINE W or_one(W x) { return w_where(x, x, w_set1(1)); }
INLINE void inverse_forward(W *products, const uint64_t *a, uint64_t *scratch) {
  W x[CHAINS], xh[CHAINS];
  UNROLLED for (int k = 0; k < CHAINS; k++) {
    x[k] = or_one(w_load(a + k * LANES64));
    xh[k] = w_high(x[k]);
    w_store(scratch + k * LANES64, products[k]);
  }
  gl_mul_each(products, NULL, x, xh, CHAINS);
}
INLINE void inverse_back(W *inverses, uint64_t *out, const uint64_t *a, const uint64_t *scratch) {
  W results[CHAINS], inverse_highs[CHAINS], x[CHAINS], factors[CHAINS], highs[CHAINS];
  UNROLLED for (int k = 0; k < CHAINS; k++) {
    inverse_highs[k] = w_high(inverses[k]);
    results[k] = w_load(scratch + k * LANES64);
  }
  gl_mul_each(results, NULL, inverses, inverse_highs, CHAINS);
  UNROLLED for (int k = 0; k < CHAINS; k++) {
    x[k] = w_load(a + k * LANES64);
    w_store(out + k * LANES64, w_where(x[k], results[k], w_set1(0)));
    factors[k] = or_one(x[k]);
    highs[k] = w_high(factors[k]);
  }
  gl_mul_each(inverses, inverse_highs, factors, highs, CHAINS);
}

static void LEVELED(batch_inverse)(uint64_t *out, const uint64_t *a, uint64_t *scratch, size_t n) {
  APUS_CHECK_BELOW64(a, APUS_GOLDILOCKS_P, n);
  size_t whole = n / STEP * STEP, i;
  W chains[CHAINS];
  UNROLLED for (int k = 0; k < CHAINS; k++) chains[k] = w_set1(1);
  for (i = 0; i < whole; i += STEP) inverse_forward(chains, a + i, scratch + i);
  for (; i < n; i += LANES64) {
    gl_store_some(scratch + i, n - i, chains[0]);
    chains[0] = gl_mul(chains[0], or_one(gl_load_some(a + i, n - i)));
  }

  gl_inverses(chains);
  while (i > whole) {
    i -= LANES64;
    W x = gl_load_some(a + i, n - i), result = gl_mul(chains[0], gl_load_some(scratch + i, n - i));
    chains[0] = gl_mul(chains[0], or_one(x));
    gl_store_some(out + i, n - i, w_where(x, result, w_set1(0)));
  }
  while (i > 0) {
    i -= STEP;
    inverse_back(chains, out + i, a + i, scratch + i);
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
