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

/* values[k] = sum over i of coefficients[i] * (shift * g^k)^rev(i). */
#define by_definition OF_FIELD(by_definition)
static void by_definition(WORD *values, const WORD *coefficients, WORD shift, WORD g, unsigned log) {
  size_t n = (size_t)1 << log;
  WORD x = shift;
  for (size_t k = 0; k < n; k++, x = mul(x, g)) {
    WORD sum = 0;
    for (size_t j = n; j-- > 0;) sum = (WORD)(((unsigned __int128)sum * x + coefficients[reversed(j, log)]) % P);
    values[k] = sum;
  }
}

/* Both transforms on the coset of `shift`, or on the subgroup where there is no coset, in place and not. */
static void OF_FIELD(check_transforms)(apus_isa isa, unsigned log, WORD shift, int on_subgroup) {
  KERNEL_NAME(_ntt_plan) *plan = KERNEL_NAME(_ntt_plan_create)(log, isa);
  KERNEL_NAME(_ntt_plan) *portable = KERNEL_NAME(_ntt_plan_create)(log, APUS_ISA_PORTABLE);
  if (!plan || !portable) abort();
  KERNEL_NAME(_ntt_coset) *coset = NULL, *portable_coset = NULL;
  if (!on_subgroup) {
    coset = KERNEL_NAME(_ntt_coset_create)(plan, mul(shift, ONE));
    portable_coset = KERNEL_NAME(_ntt_coset_create)(portable, mul(shift, ONE));
    if (!coset || !portable_coset) abort();
  }
  size_t n = (size_t)1 << log;
  WORD *in = random_words(n), *out = words(n), *place = words(n), *expected = words(n);

  KERNEL_NAME(_ntt_forward)(plan, coset, out, in);
  if (log <= DEFINITION_LOG)
    by_definition(expected, in, shift, power(GENERATOR, (P - 1) >> log), log);
  else
    KERNEL_NAME(_ntt_forward)(portable, portable_coset, expected, in);
  require(equal(out, expected, n), "forward", isa, log);
  memcpy(place, in, n * sizeof *in);
  KERNEL_NAME(_ntt_forward)(plan, coset, place, place);
  require(equal(place, expected, n), "forward in place", isa, log);

  KERNEL_NAME(_ntt_inverse)(plan, coset, out, place);
  require(equal(out, in, n), "inverse", isa, log);
  KERNEL_NAME(_ntt_inverse)(plan, coset, place, place);
  require(equal(place, in, n), "inverse in place", isa, log);

  free(in), free(out), free(place), free(expected);
  KERNEL_NAME(_ntt_coset_destroy)(coset), KERNEL_NAME(_ntt_coset_destroy)(portable_coset);
  KERNEL_NAME(_ntt_plan_destroy)(plan), KERNEL_NAME(_ntt_plan_destroy)(portable);
}

static void OF_FIELD(check)(apus_isa isa, unsigned log) {
  KERNEL_NAME(_ntt_plan) *plan = KERNEL_NAME(_ntt_plan_create)(log, isa);
  require(!plan == !apus_isa_supported(isa), "plan", isa, log);
  if (!plan) return;
  require(!KERNEL_NAME(_ntt_plan_create)(TWO_ADICITY + 1, isa), "plan beyond the field", isa, TWO_ADICITY + 1);
  OF_FIELD(check_transforms)(isa, log, 1, 1);
  OF_FIELD(check_transforms)(isa, log, 1, 0);
  OF_FIELD(check_transforms)(isa, log, GENERATOR, 0);
  OF_FIELD(check_transforms)(isa, log, P - 1, 0);
  OF_FIELD(check_transforms)(isa, log, (WORD)(1 + random_word() % (P - 1)), 0);

  size_t n = (size_t)1 << log;
  WORD *in = random_words(n), *out = words(n), *expected = words(n);
  memcpy(out, in, n * sizeof *in);
  KERNEL_NAME(_ntt_bit_reverse)(plan, out);
  for (size_t i = 0; i < n; i++) expected[i] = in[reversed(i, log)];
  require(equal(out, expected, n), "bit reversal", isa, log);
  free(in), free(out), free(expected);
  KERNEL_NAME(_ntt_plan_destroy)(plan);
}

/* All steps of a transform, or of the exchange where `what` is EXCHANGE, with each step's pieces from the last to the
 * first: nothing may depend on their order. */
static void OF_FIELD(in_pieces)(enum transform what, const KERNEL_NAME(_ntt_plan) * plan,
                                const KERNEL_NAME(_ntt_coset) * coset, WORD *out, const WORD *in,
                                apus_ntt_split split) {
  for (unsigned step = 0; step < (what == EXCHANGE ? 1 : split.steps); step++)
    for (size_t piece = split.pieces; piece-- > 0;)
      if (what == FORWARD)
        KERNEL_NAME(_ntt_forward_piece)(plan, coset, out, in, split, step, piece);
      else if (what == INVERSE)
        KERNEL_NAME(_ntt_inverse_piece)(plan, coset, out, in, split, step, piece);
      else
        KERNEL_NAME(_ntt_bit_reverse_piece)(plan, out, split, piece);
}

/* Whatever the split is, the words are those of the whole transform. */
static void OF_FIELD(check_split)(apus_isa isa, unsigned log) {
  KERNEL_NAME(_ntt_plan) *plan = KERNEL_NAME(_ntt_plan_create)(log, isa);
  if (!plan) return;
  KERNEL_NAME(_ntt_coset) *coset = KERNEL_NAME(_ntt_coset_create)(plan, mul(GENERATOR, ONE));
  size_t n = (size_t)1 << log;
  WORD *in = random_words(n), *out = words(n), *expected = words(n);
  for (enum transform what = FORWARD; what <= EXCHANGE; what++)
    for (size_t threads = 0; threads <= 1100; threads = threads < 5 ? threads + 1 : threads * 6) {
      apus_ntt_split split = KERNEL_NAME(_ntt_split)(plan, 1, threads);
      int is_long = log + (sizeof(WORD) == 8) >= 15;
      require((split.pieces > 1) == (threads > 1 && is_long) && (split.steps > 1) == (split.pieces > 1), "split", isa, log);
      const KERNEL_NAME(_ntt_coset) *on = threads % 2 ? coset : NULL;
      int in_place = threads % 3 == 0 || what == EXCHANGE;
      memcpy(expected, in, n * sizeof *in);
      OF_FIELD(in_pieces)(what, plan, on, expected, expected, APUS_NTT_WHOLE);
      memcpy(out, in, n * sizeof *in);
      OF_FIELD(in_pieces)(what, plan, on, out, in_place ? out : in, split);
      require(equal(out, expected, n), "in pieces", isa, log);
    }
  free(in), free(out), free(expected);
  KERNEL_NAME(_ntt_coset_destroy)(coset);
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
