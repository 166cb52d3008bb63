/* The NTT of a vector with the kernels alone: coefficients to values and back, checked against the definition.
 *
 * cc -std=c11 ntt.c $(pkg-config --cflags --libs apus-kernels) -o ntt && ./ntt */
#include <apus_kernels.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOG_ROWS = 16, ROWS = 1 << LOG_ROWS };

static uint64_t power(uint64_t base, uint64_t exponent) {
  uint64_t result = 1;
  for (; exponent; exponent >>= 1, base = base * base % APUS_BABYBEAR_P)
    if (exponent & 1) result = result * base % APUS_BABYBEAR_P;
  return result;
}

int main(void) {
  /* The widest instruction set that runs here. */
  apus_isa isa = apus_isa_supported(APUS_ISA_AVX512) ? APUS_ISA_AVX512
                 : apus_isa_supported(APUS_ISA_AVX2) ? APUS_ISA_AVX2
                                                     : APUS_ISA_PORTABLE;
  const apus_babybear_kernels *field = apus_babybear_kernels_for(isa);
  apus_babybear_ntt_plan *plan = apus_babybear_ntt_plan_create(LOG_ROWS, isa);
  uint32_t *coefficients = malloc(4 * ROWS), *values = malloc(4 * ROWS), *back = malloc(4 * ROWS);
  if (!plan || !coefficients || !values || !back) return 1;

  /* Coefficient i is i^2 + 1. The kernels take them in bit-reversed order, as Montgomery words. */
  for (uint64_t i = 0; i < ROWS; i++) coefficients[i] = (uint32_t)((i * i + 1) % APUS_BABYBEAR_P);
  field->to_montgomery(values, coefficients, ROWS);
  apus_babybear_ntt_bit_reverse(plan, values);

  uint64_t start = apus_now_nanoseconds();
  apus_babybear_ntt_forward(plan, NULL, values, values);
  uint64_t end = apus_now_nanoseconds();

  apus_babybear_ntt_inverse(plan, NULL, back, values);
  apus_babybear_ntt_bit_reverse(plan, back);
  field->from_montgomery(back, back, ROWS);

  /* Value k is the polynomial at g^k. */
  field->from_montgomery(values, values, ROWS);
  uint64_t g = power(31, (APUS_BABYBEAR_P - 1) / ROWS);
  for (uint64_t k = 0; k < ROWS; k += 9999) {
    uint64_t x = power(g, k), sum = 0;
    for (size_t i = ROWS; i-- > 0;) sum = (sum * x + coefficients[i]) % APUS_BABYBEAR_P;
    if (sum != values[k]) {
      fprintf(stderr, "value %" PRIu64 " is %" PRIu32 ", but the polynomial there is %" PRIu64 "\n", k, values[k], sum);
      return 1;
    }
  }
  if (memcmp(back, coefficients, 4 * ROWS) != 0) {
    fprintf(stderr, "the inverse does not give the coefficients back\n");
    return 1;
  }
  printf("NTT of 2^%d BabyBear elements: %.1f us, one thread; values and inverse are right\n", LOG_ROWS,
         (double)(end - start) / 1000);

  free(coefficients);
  free(values);
  free(back);
  apus_babybear_ntt_plan_destroy(plan);
  return 0;
}
