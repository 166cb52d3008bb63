// Transforms under the sanitizers: every instruction set against the definition and against the portable kernels, on
// heap buffers of exactly the stated size.
//
//   clang -fsanitize=address,undefined -O1 -g -DAPUS_CHECKS -I CSupport/CApusKernels/include \
//     .ci/sanitize/ntt_harness.c CSupport/CApusKernels/*.c
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CApusKernels.h"

enum { DEFINITION_LOG = 9, AGREEMENT_LOG = 15 };

static uint64_t state = 1;
static uint64_t random_word(void) { /* SplitMix64 */
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

static void require(int holds, const char *what, apus_isa isa, unsigned log) {
  if (holds) return;
  fprintf(stderr, "%s: wrong on instruction set %d at 2^%u rows\n", what, (int)isa, log);
  exit(1);
}

static uint32_t *words(size_t n) {
  uint32_t *w = malloc(n * sizeof *w);
  if (!w) abort();
  return w;
}
static uint32_t *copied(const uint32_t *from, size_t n) { return memcpy(words(n), from, n * sizeof *from); }
static int equal(const uint32_t *a, const uint32_t *b, size_t n) { return memcmp(a, b, n * sizeof *a) == 0; }

static const uint32_t p = APUS_BABYBEAR_P;
static uint32_t mul(uint32_t a, uint32_t b) { return (uint32_t)((uint64_t)a * b % p); }
static uint32_t power(uint32_t base, uint64_t exponent) {
  uint32_t result = 1;
  for (; exponent; exponent >>= 1, base = mul(base, base))
    if (exponent & 1) result = mul(result, base);
  return result;
}
static size_t reversed(size_t i, unsigned bits) {
  size_t r = 0;
  for (unsigned b = 0; b < bits; b++) r |= (i >> b & 1) << (bits - 1 - b);
  return r;
}

/* values[k] = sum over i of scale[i] * coefficients[i] * g^(k * rev(i)). The factors 2^32 of Montgomery form cancel
 * when scale is taken as canonical integers here and given to the kernel in Montgomery form. */
static void by_definition(uint32_t *values, const uint32_t *coefficients, const uint32_t *scale, uint32_t g, unsigned log) {
  size_t n = (size_t)1 << log;
  for (size_t k = 0; k < n; k++) {
    uint32_t sum = 0, x = power(g, k);
    for (size_t i = 0; i < n; i++)
      sum = (uint32_t)(((uint64_t)sum + mul(mul(scale[i], coefficients[i]), power(x, reversed(i, log)))) % p);
    values[k] = sum;
  }
}

static void babybear(apus_isa isa, unsigned log) {
  const apus_babybear_ntt_kernels *kernels = apus_babybear_ntt_kernels_for(isa);
  const apus_babybear_ntt_kernels *portable = apus_babybear_ntt_kernels_for(APUS_ISA_PORTABLE);
  if (!kernels) return;
  apus_babybear_ntt_plan *plan = apus_babybear_ntt_plan_create(log);
  if (!plan) abort();
  size_t n = (size_t)1 << log;
  uint32_t montgomery_one = (uint32_t)(((uint64_t)1 << 32) % p);
  uint32_t *in = words(n), *scale = words(n), *scale_montgomery = words(n), *out = words(n), *expected = words(n);
  for (size_t i = 0; i < n; i++) {
    /* The largest word often: the edges of the ranges. */
    in[i] = random_word() % 4 ? (uint32_t)(random_word() % p) : p - 1;
    scale[i] = random_word() % 4 ? (uint32_t)(random_word() % p) : p - 1;
    scale_montgomery[i] = mul(scale[i], montgomery_one);
  }

  uint32_t g = power(31, (p - 1) >> log);
  kernels->forward(out, in, scale_montgomery, plan);
  if (log <= DEFINITION_LOG)
    by_definition(expected, in, scale, g, log);
  else
    portable->forward(expected, in, scale_montgomery, plan);
  require(equal(out, expected, n), "forward", isa, log);

  uint32_t *place = copied(in, n);
  kernels->forward(place, place, scale_montgomery, plan);
  require(equal(place, expected, n), "forward in place", isa, log);

  /* The inverse undoes the scaled forward transform, up to N. */
  uint32_t n_inverse_montgomery = mul(power((uint32_t)n, p - 2), montgomery_one);
  kernels->bit_reversed_powers(scale, n_inverse_montgomery, montgomery_one, log);
  kernels->inverse(out, expected, scale, plan);
  for (size_t i = 0; i < n; i++) expected[i] = mul(in[i], mul(scale_montgomery[i], power(montgomery_one, p - 2)));
  require(equal(out, expected, n), "inverse", isa, log);
  kernels->inverse(place, place, scale, plan);
  require(equal(place, expected, n), "inverse in place", isa, log);

  kernels->inverse(out, in, NULL, plan);
  kernels->forward(out, out, NULL, plan);
  for (size_t i = 0; i < n; i++) expected[i] = mul(in[i], (uint32_t)n);
  require(equal(out, expected, n), "inverse, then forward, unscaled", isa, log);

  memcpy(out, in, n * sizeof *in);
  kernels->bit_reverse(out, log);
  for (size_t i = 0; i < n; i++) expected[i] = in[reversed(i, log)];
  require(equal(out, expected, n), "bit reversal", isa, log);

  uint32_t ratio = (uint32_t)(random_word() % p), ratio_montgomery = mul(ratio, montgomery_one);
  kernels->bit_reversed_powers(out, in[0], ratio_montgomery, log);
  for (size_t i = 0; i < n; i++) expected[i] = mul(in[0], power(ratio, reversed(i, log)));
  require(equal(out, expected, n), "bit-reversed powers", isa, log);

  free(in), free(scale), free(scale_montgomery), free(out), free(expected), free(place);
  apus_babybear_ntt_plan_destroy(plan);
}

int main(void) {
  for (apus_isa isa = APUS_ISA_PORTABLE; isa <= APUS_ISA_AVX512; isa++)
    for (unsigned log = 0; log <= AGREEMENT_LOG; log++) babybear(isa, log);
  require(!apus_babybear_ntt_plan_create(APUS_BABYBEAR_TWO_ADICITY + 1), "plan beyond the field", 0, 28);
  puts("transforms: ok");
}
