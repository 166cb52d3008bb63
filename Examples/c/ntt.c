/* The NTT of many columns with libapus-kernels: coefficients to values on a coset and back, checked against the
 * definition; and a call that is refused.
 *
 * cc -std=c11 ntt.c $(pkg-config --cflags --libs apus-kernels) -o ntt && ./ntt */
#include <apus_kernels.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOG_ROWS = 16, ROWS = 1 << LOG_ROWS, COLUMNS = 8, SHIFT = 31 };

/* Ends the program where a call fails, with the library's own words. */
static void check(apus_backend_status status) {
  if (status == APUS_BACKEND_OK) return;
  fprintf(stderr, "%s: %s\n", apus_backend_status_name(status), apus_backend_message());
  exit(1);
}

static uint64_t power(uint64_t base, uint64_t exponent) {
  uint64_t result = 1;
  for (; exponent; exponent >>= 1, base = base * base % APUS_BABYBEAR_P)
    if (exponent & 1) result = result * base % APUS_BABYBEAR_P;
  return result;
}

/* Whether word k of `values` is the polynomial at SHIFT * g^k, for some k. */
static int are_values(const uint32_t *values, const uint32_t *coefficients) {
  uint64_t g = power(31, (APUS_BABYBEAR_P - 1) / ROWS);
  for (uint64_t k = 0; k < ROWS; k += 9999) {
    uint64_t x = SHIFT * power(g, k) % APUS_BABYBEAR_P, sum = 0;
    for (size_t i = ROWS; i-- > 0;) sum = (sum * x + coefficients[i]) % APUS_BABYBEAR_P;
    if (sum != values[k]) {
      fprintf(stderr, "value %" PRIu64 " is %" PRIu32 ", but the polynomial there is %" PRIu64 "\n", k, values[k], sum);
      return 0;
    }
  }
  return 1;
}

int main(void) {
  /* The widest instruction set and all CPUs. */
  apus_backend *backend;
  check(apus_backend_create(APUS_BACKEND_WIDEST, 0, &backend));

  /* The transform of 2^16 rows, on the coset of 31. Words of BabyBear are in Montgomery form. */
  uint32_t shift = SHIFT;
  apus_backend_babybear_ntt *ntt;
  check(apus_backend_babybear_to_montgomery(backend, &shift, &shift, 1));
  check(apus_backend_babybear_ntt_create(backend, LOG_ROWS, shift, &ntt));

  /* Coefficient i of column c is i^2 + c. The forward transform takes them in bit-reversed order. */
  static uint32_t coefficients[COLUMNS][ROWS], values[COLUMNS][ROWS];
  uint32_t *columns[COLUMNS];
  for (uint64_t c = 0; c < COLUMNS; c++) {
    columns[c] = values[c];
    for (uint64_t i = 0; i < ROWS; i++) coefficients[c][i] = (uint32_t)((i * i + c) % APUS_BABYBEAR_P);
    check(apus_backend_babybear_to_montgomery(backend, values[c], coefficients[c], ROWS));
  }
  check(apus_backend_babybear_ntt_bit_reverse(backend, ntt, columns, COLUMNS, ROWS));

  /* In place: each column's output is its input. */
  const uint32_t *const *inputs = (const uint32_t *const *)columns;
  uint64_t start = apus_now_nanoseconds();
  check(apus_backend_babybear_ntt_forward(backend, ntt, columns, inputs, COLUMNS, ROWS));
  uint64_t end = apus_now_nanoseconds();
  uint32_t *canonical = malloc(4 * ROWS);
  if (!canonical) return 1;
  for (size_t c = 0; c < COLUMNS; c++) {
    check(apus_backend_babybear_from_montgomery(backend, canonical, values[c], ROWS));
    if (!are_values(canonical, coefficients[c])) return 1;
  }

  check(apus_backend_babybear_ntt_inverse(backend, ntt, columns, inputs, COLUMNS, ROWS));
  check(apus_backend_babybear_ntt_bit_reverse(backend, ntt, columns, COLUMNS, ROWS));
  for (size_t c = 0; c < COLUMNS; c++) {
    check(apus_backend_babybear_from_montgomery(backend, canonical, values[c], ROWS));
    if (memcmp(canonical, coefficients[c], 4 * ROWS) != 0) {
      fprintf(stderr, "the inverse does not give the coefficients back\n");
      return 1;
    }
  }
  printf("NTT of %d columns of 2^%d BabyBear elements: %.1f us, %zu threads; values and inverse are right\n", COLUMNS,
         LOG_ROWS, (double)(end - start) / 1000, apus_backend_threads(backend));

  /* What is wrong is refused with a reason, and nothing happens. */
  columns[1] = values[0] + 1;
  if (apus_backend_babybear_ntt_forward(backend, ntt, columns, inputs, COLUMNS, ROWS) != APUS_BACKEND_OVERLAP) return 1;
  printf("refused: %s\n", apus_backend_message());

  free(canonical);
  apus_backend_babybear_ntt_destroy(ntt);
  apus_backend_destroy(backend);
  return 0;
}
