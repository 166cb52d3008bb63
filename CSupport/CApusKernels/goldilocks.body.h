/* Goldilocks column kernels. Compiled by goldilocks_portable.c, goldilocks_avx2.c and goldilocks_avx512.c. */

#include "goldilocks_scalar.h"

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

/* x to the power p - 2 = (2^31 - 1) * 2^33 + 2^32 - 1. */
INLINE uint64_t inverse_of_word(uint64_t x) {
  /* power = x^(2^ones - 1); appending ones to the exponent's binary digits. */
  uint64_t power = x, shifted;
  static const unsigned char lengths[] = {1, 3, 7, 15, 31};
  for (int l = 1; l < (int)sizeof lengths; l++) {
    shifted = power;
    for (int s = 0; s < lengths[l - 1]; s++) shifted = goldilocks_mul1(shifted, shifted);
    shifted = goldilocks_mul1(shifted, power);
    power = goldilocks_mul1(goldilocks_mul1(shifted, shifted), x);
  }
  shifted = power;
  for (int s = 0; s < 33; s++) shifted = goldilocks_mul1(shifted, shifted);
  return goldilocks_mul1(shifted, goldilocks_mul1(goldilocks_mul1(power, power), x));
}

/* Montgomery's trick, in many chains: an element times its chain's running product, and back. So no multiplication
 * waits for the one before it. Chains run in the lanes of vectors and on AVX2 beside them in single words, as many as
 * there are registers for: their multiplications are other pipes', which takes a quarter of the time away. Vectors of
 * AVX-512 leave no such time. */
enum {
  VECTORS = LANES64 > 4 ? 8 : 4,
  WORDS = LANES64 == 4 ? 7 : 0,
  IN_VECTORS = VECTORS * LANES64,
  CHAINS = IN_VECTORS + WORDS,
};

/* Zeros count as one on the way and come out as zero. */
INLINE W or_one(W x) { return w_where(x, x, w_set1(1)); }
INLINE void vectors_forward(W *products, const uint64_t *a, uint64_t *scratch) {
  W x[VECTORS], xh[VECTORS];
  UNROLLED for (int k = 0; k < VECTORS; k++) {
    x[k] = or_one(w_load(a + k * LANES64));
    xh[k] = w_high(x[k]);
    w_store(scratch + k * LANES64, products[k]);
  }
  gl_mul_each(products, NULL, x, xh, VECTORS);
}
INLINE void vectors_back(W *inverses, uint64_t *out, const uint64_t *a, const uint64_t *scratch) {
  W results[VECTORS], inverse_highs[VECTORS], x[VECTORS], factors[VECTORS], highs[VECTORS];
  UNROLLED for (int k = 0; k < VECTORS; k++) {
    inverse_highs[k] = w_high(inverses[k]);
    results[k] = w_load(scratch + k * LANES64);
  }
  gl_mul_each(results, NULL, inverses, inverse_highs, VECTORS);
  UNROLLED for (int k = 0; k < VECTORS; k++) {
    x[k] = w_load(a + k * LANES64);
    w_store(out + k * LANES64, w_where(x[k], results[k], w_set1(0)));
    factors[k] = or_one(x[k]);
    highs[k] = w_high(factors[k]);
  }
  gl_mul_each(inverses, inverse_highs, factors, highs, VECTORS);
}

/* The same in one word. */
INLINE uint64_t word_product(uint64_t a, uint64_t b) {
  uint64_t product = goldilocks_mul1(a, b);
  /* In a general register: the compiler would gather neighbours into vectors, and take half as long again. */
  __asm__("" : "+r"(product));
  return product;
}
INLINE void word_forward(uint64_t *product, uint64_t x, uint64_t *scratch) {
  *scratch = *product;
  *product = word_product(*product, x + (x == 0));
}
INLINE void word_back(uint64_t *inverse, uint64_t *out, uint64_t x, uint64_t scratch) {
  uint64_t result = word_product(*inverse, scratch);
  *inverse = word_product(*inverse, x + (x == 0));
  *out = x == 0 ? 0 : result;
}

/* Inverts what the chains came to, the nodes from number CHAINS on: node i is first the product of nodes 2 i and
 * 2 i + 1, and then its inverse. */
static void invert_ends(uint64_t tree[2 * CHAINS]) {
  for (size_t i = CHAINS; --i > 0;) tree[i] = goldilocks_mul1(tree[2 * i], tree[2 * i + 1]);
  tree[1] = inverse_of_word(tree[1]);
  for (size_t i = 1; i < CHAINS; i++) {
    uint64_t left = tree[2 * i];
    tree[2 * i] = goldilocks_mul1(tree[i], tree[2 * i + 1]);
    tree[2 * i + 1] = goldilocks_mul1(tree[i], left);
  }
}

static void LEVELED(batch_inverse)(uint64_t *out, const uint64_t *a, uint64_t *scratch, size_t n) {
  APUS_CHECK_BELOW64(a, APUS_GOLDILOCKS_P, n);
  /* All vectors' elements come first, so that they lie as the caller's arrays do. */
  size_t steps = n / CHAINS, first_word = steps * IN_VECTORS, rest = steps * CHAINS;
  W vectors[VECTORS];
  uint64_t words[WORDS ? WORDS : 1], tree[2 * CHAINS], *ends = tree + CHAINS;
  UNROLLED for (int k = 0; k < VECTORS; k++) vectors[k] = w_set1(1);
  UNROLLED for (int k = 0; k < WORDS; k++) words[k] = 1;
  for (size_t step = 0; step < steps; step++) {
    size_t v = step * IN_VECTORS, w = first_word + step * WORDS;
    vectors_forward(vectors, a + v, scratch + v);
    UNROLLED for (int k = 0; k < WORDS; k++) word_forward(&words[k], a[w + k], &scratch[w + k]);
  }
  UNROLLED for (int k = 0; k < VECTORS; k++) w_store(ends + k * LANES64, vectors[k]);
  UNROLLED for (int k = 0; k < WORDS; k++) ends[IN_VECTORS + k] = words[k];

  for (size_t i = rest; i < n; i++) word_forward(&ends[i - rest], a[i], &scratch[i]);
  invert_ends(tree);
  for (size_t i = rest; i < n; i++) word_back(&ends[i - rest], &out[i], a[i], scratch[i]);

  UNROLLED for (int k = 0; k < VECTORS; k++) vectors[k] = w_load(ends + k * LANES64);
  UNROLLED for (int k = 0; k < WORDS; k++) words[k] = ends[IN_VECTORS + k];
  for (size_t step = steps; step-- > 0;) {
    size_t v = step * IN_VECTORS, w = first_word + step * WORDS;
    vectors_back(vectors, out + v, a + v, scratch + v);
    UNROLLED for (int k = 0; k < WORDS; k++) word_back(&words[k], &out[w + k], a[w + k], scratch[w + k]);
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
