/* One field's checks; ntt_harness.c defines FIELD, WORD, P, GENERATOR, TWO_ADICITY and ONE, and this undefines them. */

#define OF_FIELD(name) JOIN(JOIN(name, _), FIELD)
#define KERNEL_NAME(name) JOIN(JOIN(apus_, FIELD), name)

#define mul OF_FIELD(mul)
static WORD mul(WORD a, WORD b) { return (WORD)((unsigned __int128)a * b % P); }
#define power OF_FIELD(power)
static WORD power(WORD base, uint64_t exponent) {
  WORD result = 1;
  for (; exponent; exponent >>= 1, base = mul(base, base))
    if (exponent & 1) result = mul(result, base);
  return result;
}

#define words OF_FIELD(words)
static WORD *words(size_t n) {
  WORD *w = malloc(n * sizeof *w);
  if (!w) abort();
  return w;
}
/* Random words below p, the largest one often. */
#define random_words OF_FIELD(random_words)
static WORD *random_words(size_t n) {
  WORD *w = words(n);
  for (size_t i = 0; i < n; i++) w[i] = random_word() % 4 ? (WORD)(random_word() % P) : (WORD)(P - 1);
  return w;
}
#define equal OF_FIELD(equal)
static int equal(const WORD *a, const WORD *b, size_t n) { return memcmp(a, b, n * sizeof *a) == 0; }

/* values[k] = sum over i of scale[i] * coefficients[i] * g^(k * rev(i)). */
#define by_definition OF_FIELD(by_definition)
static void by_definition(WORD *values, const WORD *coefficients, const WORD *scale, WORD g, unsigned log) {
  size_t n = (size_t)1 << log;
  for (size_t k = 0; k < n; k++) {
    unsigned __int128 sum = 0;
    WORD x = power(g, k), factor = 1;
    for (size_t j = 0; j < n; j++, factor = mul(factor, x)) {
      size_t i = reversed(j, log);
      sum += mul(mul(scale[i], coefficients[i]), factor);
    }
    values[k] = (WORD)(sum % P);
  }
}

static void OF_FIELD(check)(apus_isa isa, unsigned log) {
  const KERNEL_NAME(_ntt_kernels) *kernels = KERNEL_NAME(_ntt_kernels_for)(isa);
  const KERNEL_NAME(_ntt_kernels) *portable = KERNEL_NAME(_ntt_kernels_for)(APUS_ISA_PORTABLE);
  if (!kernels) return;
  require(!KERNEL_NAME(_ntt_plan_create)(TWO_ADICITY + 1), "plan beyond the field", isa, TWO_ADICITY + 1);
  KERNEL_NAME(_ntt_plan) *plan = KERNEL_NAME(_ntt_plan_create)(log);
  if (!plan) abort();
  size_t n = (size_t)1 << log;
  /* A kernel's product of a word w and a word ONE * s is w * s. */
  WORD *in = random_words(n), *scale = random_words(n), *scale_words = words(n), *out = words(n), *expected = words(n);
  for (size_t i = 0; i < n; i++) scale_words[i] = mul(scale[i], ONE);

  kernels->forward(out, in, scale_words, plan);
  if (log <= DEFINITION_LOG)
    by_definition(expected, in, scale, power(GENERATOR, (P - 1) >> log), log);
  else
    portable->forward(expected, in, scale_words, plan);
  require(equal(out, expected, n), "forward", isa, log);
  WORD *place = words(n);
  memcpy(place, in, n * sizeof *in);
  kernels->forward(place, place, scale_words, plan);
  require(equal(place, expected, n), "forward in place", isa, log);

  /* The inverse, divided by N, leaves the scaled coefficients. */
  WORD *divide = words(n);
  kernels->bit_reversed_powers(divide, mul(power((WORD)n, P - 2), ONE), ONE, log);
  for (size_t i = 0; i < n; i++) expected[i] = mul(in[i], scale[i]);
  kernels->inverse(out, place, divide, plan);
  require(equal(out, expected, n), "inverse", isa, log);
  kernels->inverse(place, place, divide, plan);
  require(equal(place, expected, n), "inverse in place", isa, log);

  kernels->inverse(out, in, NULL, plan);
  kernels->forward(out, out, NULL, plan);
  for (size_t i = 0; i < n; i++) expected[i] = mul(in[i], (WORD)n);
  require(equal(out, expected, n), "inverse, then forward, unscaled", isa, log);

  memcpy(out, in, n * sizeof *in);
  kernels->bit_reverse(out, log);
  for (size_t i = 0; i < n; i++) expected[i] = in[reversed(i, log)];
  require(equal(out, expected, n), "bit reversal", isa, log);

  WORD ratio = (WORD)(random_word() % P);
  kernels->bit_reversed_powers(out, in[0], mul(ratio, ONE), log);
  for (size_t i = 0; i < n; i++) expected[i] = mul(in[0], power(ratio, reversed(i, log)));
  require(equal(out, expected, n), "bit-reversed powers", isa, log);

  free(in), free(scale), free(scale_words), free(out), free(expected), free(place), free(divide);
  KERNEL_NAME(_ntt_plan_destroy)(plan);
}

#undef mul
#undef power
#undef words
#undef random_words
#undef equal
#undef by_definition
#undef OF_FIELD
#undef KERNEL_NAME
#undef FIELD
#undef WORD
#undef P
#undef GENERATOR
#undef TWO_ADICITY
#undef ONE
