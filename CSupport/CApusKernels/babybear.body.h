/* Element-wise BabyBear kernels. Compiled by babybear_portable.c, babybear_avx2.c and babybear_avx512.c. */

enum { BABYBEAR_P = 0x78000001 };

#define FOR_VECTORS(n) for (size_t i = 0, left = (n); i < (n); i += LANES, left -= left < LANES ? left : LANES)

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

/* All ones in the lanes that are zero. */
INLINE V zero_mask(V x) { return v_sub(v_min(x, v_set1(1)), v_set1(1)); }

/* Each lane to the power p - 2, by squaring and multiplying from the top: p - 2 = 0x77ffffff. */
INLINE V invert(V x) {
  V r = x;
  for (int bit = 29; bit >= 0; bit--) {
    r = bb_mul(r, r);
    if ((0x77ffffffu >> bit) & 1) r = bb_mul(r, x);
  }
  return r;
}

/* Montgomery's trick, one running product for each lane. */
static void LEVELED(batch_inverse)(uint32_t *out, const uint32_t *a, uint32_t *scratch, size_t n) {
  APUS_CHECK_BELOW(a, BABYBEAR_P, n);
  if (n == 0) return;
  V one = v_set1(BABYBEAR_ONE), product = one;
  FOR_VECTORS(n) {
    V x = bb_load_some(a + i, left);
    bb_store_some(scratch + i, left, product);
    product = bb_mul(product, v_or(x, v_and(zero_mask(x), one)));
  }
  V inverse = invert(product);
  for (size_t i = (n - 1) / LANES * LANES;; i -= LANES) {
    size_t left = n - i;
    V x = bb_load_some(a + i, left), zero = zero_mask(x);
    V result = bb_mul(inverse, bb_load_some(scratch + i, left));
    inverse = bb_mul(inverse, v_or(x, v_and(zero, one)));
    bb_store_some(out + i, left, v_andnot(zero, result));
    if (i == 0) break;
  }
}

static void LEVELED(to_montgomery)(uint32_t *out, const uint32_t *in, size_t n) {
  V r2 = v_set1(BABYBEAR_R2);
  FOR_VECTORS(n) bb_store_some(out + i, left, bb_mul(bb_load_some(in + i, left), r2));
}

static void LEVELED(from_montgomery)(uint32_t *out, const uint32_t *in, size_t n) {
  APUS_CHECK_BELOW(in, BABYBEAR_P, n);
  V one = v_set1(1);
  FOR_VECTORS(n) bb_store_some(out + i, left, bb_mul(bb_load_some(in + i, left), one));
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

#include "babybear_quintic.body.h"

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
    .quintic_combine = LEVELED(quintic_combine),
    .quintic_dot = LEVELED(quintic_dot),
    .quintic_mul = LEVELED(quintic_mul),
    .quintic_inverse_of_difference = LEVELED(quintic_inverse_of_difference),
    .quintic_deep = LEVELED(quintic_deep),
    .quintic_fold = LEVELED(quintic_fold),
};
