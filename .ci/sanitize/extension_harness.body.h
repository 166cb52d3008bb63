// The kernels of one extension against arithmetic of single words by its definition. Included by extension_harness.c,
// which defines NAME, WORD, PRIME, KERNELS, DEGREE, TO_DEGREE (X^DEGREE), ONE (the word of 1), INVERSE (what a product of
// words is multiplied by to be a word again) and GENERATOR (of the field's units).

#define JOIN2(a, b) a##_##b
#define JOIN(a, b) JOIN2(a, b)
#define NAMED(name) JOIN(name, NAME)

typedef struct {
  WORD c[DEGREE];
} NAMED(E);
#define E NAMED(E)

static WORD NAMED(add)(WORD a, WORD b) { return (WORD)(((unsigned __int128)a + b) % PRIME); }
static WORD NAMED(mul)(WORD a, WORD b) {
  return (WORD)((unsigned __int128)a * b % PRIME * (unsigned __int128)INVERSE % PRIME);
}
static WORD NAMED(integer)(uint64_t x) {
  WORD sum = 0, bit = ONE;
  for (; x; x >>= 1, bit = NAMED(add)(bit, bit))
    if (x & 1) sum = NAMED(add)(sum, bit);
  return sum;
}
static WORD NAMED(power)(WORD a, uint64_t exponent) {
  WORD r = ONE;
  for (; exponent; exponent >>= 1, a = NAMED(mul)(a, a))
    if (exponent & 1) r = NAMED(mul)(r, a);
  return r;
}
static E NAMED(e_add)(E a, E b) {
  for (size_t l = 0; l < DEGREE; l++) a.c[l] = NAMED(add)(a.c[l], b.c[l]);
  return a;
}
static E NAMED(e_mul)(E a, E b) {
  WORD product[2 * DEGREE - 1] = {0};
  for (size_t i = 0; i < DEGREE; i++)
    for (size_t j = 0; j < DEGREE; j++)
      product[i + j] = NAMED(add)(product[i + j], NAMED(mul)(a.c[i], b.c[j]));
  E r;
  for (size_t l = 0; l < DEGREE; l++) {
    WORD high = l < DEGREE - 1 ? product[l + DEGREE] : 0;
    r.c[l] = NAMED(add)(product[l], NAMED(mul)(high, NAMED(integer)(TO_DEGREE)));
  }
  return r;
}
static E NAMED(e_base)(WORD a) { return (E){{a}}; }
static E NAMED(e_power)(E a, uint64_t exponent) {
  E r = NAMED(e_base)(ONE);
  for (; exponent; exponent >>= 1, a = NAMED(e_mul)(a, a))
    if (exponent & 1) r = NAMED(e_mul)(r, a);
  return r;
}

static WORD NAMED(random)(void) { return (WORD)random_to(PRIME - 1); }
static E NAMED(e_random)(void) {
  E r;
  for (size_t l = 0; l < DEGREE; l++) r.c[l] = NAMED(random)();
  return r;
}
static WORD *NAMED(words)(size_t n) {
  WORD *words = exact(n * sizeof *words);
  for (size_t i = 0; i < n; i++) words[i] = NAMED(random)();
  return words;
}
static WORD **NAMED(columns)(size_t count, size_t n) {
  WORD **columns = exact(count * sizeof *columns);
  for (size_t c = 0; c < count; c++) columns[c] = NAMED(words)(n);
  return columns;
}
/* Columns of elements, `DEGREE` for each. */
static E NAMED(at)(WORD *const *columns, size_t t, size_t i) {
  E r;
  for (size_t l = 0; l < DEGREE; l++) r.c[l] = columns[DEGREE * t + l][i];
  return r;
}
static void NAMED(expect)(E actual, E expected, const char *kernel, int isa, size_t n, size_t i) {
  if (memcmp(&actual, &expected, sizeof actual) == 0) return;
  fprintf(stderr, "%s of degree %d on instruction set %d, n = %zu: element %zu is wrong\n", kernel, (int)DEGREE, isa, n,
          i);
  exit(1);
}
#define COLUMNS(columns) ((const WORD *const *)(columns))

static void NAMED(check_sums)(const KERNELS *k, int isa, size_t n, size_t count) {
  size_t offset = n % 3;
  WORD **columns = NAMED(columns)(count, offset + n), **out = NAMED(columns)(DEGREE, n);
  WORD *coefficients = NAMED(words)(DEGREE * count);
  k->combine(out, COLUMNS(columns), coefficients, count, offset, n);
  for (size_t i = 0; i < n; i++) {
    E sum = NAMED(e_base)(0);
    for (size_t c = 0; c < count; c++) {
      E coefficient;
      memcpy(&coefficient, coefficients + DEGREE * c, sizeof coefficient);
      sum = NAMED(e_add)(sum, NAMED(e_mul)(coefficient, NAMED(e_base)(columns[c][offset + i])));
    }
    NAMED(expect)(NAMED(at)(out, 0, i), sum, "combine", isa, n, i);
  }

  WORD **weights = NAMED(columns)(DEGREE, n), *sums = NAMED(words)(DEGREE * count);
  k->dot(sums, COLUMNS(weights), COLUMNS(columns), count, offset, n);
  for (size_t c = 0; c < count; c++) {
    E sum = NAMED(e_base)(0), actual;
    for (size_t i = 0; i < n; i++)
      sum = NAMED(e_add)(sum, NAMED(e_mul)(NAMED(at)(weights, 0, i), NAMED(e_base)(columns[c][offset + i])));
    memcpy(&actual, sums + DEGREE * c, sizeof actual);
    NAMED(expect)(actual, sum, "dot", isa, n, c);
  }

  WORD **terms = NAMED(columns)(DEGREE * count, offset + n), **inverse = NAMED(columns)(DEGREE, n);
  WORD **before = exact(DEGREE * sizeof *before), *constant = NAMED(words)(DEGREE);
  for (size_t l = 0; l < DEGREE; l++) before[l] = memcpy(NAMED(words)(n), out[l], n * sizeof **out);
  k->deep(out, COLUMNS(inverse), COLUMNS(terms), coefficients, count, constant, offset, n);
  for (size_t i = 0; i < n; i++) {
    E sum, coefficient;
    memcpy(&sum, constant, sizeof sum);
    for (size_t t = 0; t < count; t++) {
      memcpy(&coefficient, coefficients + DEGREE * t, sizeof coefficient);
      sum = NAMED(e_add)(sum, NAMED(e_mul)(coefficient, NAMED(at)(terms, t, offset + i)));
    }
    sum = NAMED(e_add)(NAMED(at)(before, 0, i), NAMED(e_mul)(NAMED(at)(inverse, 0, i), sum));
    NAMED(expect)(NAMED(at)(out, 0, i), sum, "deep", isa, n, i);
  }
  release();
}

static void NAMED(check_rows)(const KERNELS *k, int isa, size_t n) {
  WORD **a = NAMED(columns)(DEGREE, n), **b = NAMED(columns)(DEGREE, n), **out = NAMED(columns)(DEGREE, n);
  k->mul(out, COLUMNS(a), COLUMNS(b), n);
  k->mul(a, COLUMNS(a), COLUMNS(b), n);
  k->mul(out, COLUMNS(a), COLUMNS(b), n);
  for (size_t i = 0; i < n; i++)
    NAMED(expect)(NAMED(at)(out, 0, i), NAMED(e_mul)(NAMED(at)(a, 0, i), NAMED(at)(b, 0, i)), "mul", isa, n, i);

  /* The second z lies in a smaller extension where there is one. */
  for (int which = 0; which < 2; which++) {
    E z = NAMED(e_random)(), conjugate, polynomial[DEGREE + 1] = {NAMED(e_base)(ONE)};
    if (DEGREE == 4 && which) z.c[1] = z.c[3] = 0;
    z.c[2] = z.c[2] ? z.c[2] : ONE;
    conjugate = z;
    for (size_t k = 0; k < DEGREE; k++) {
      /* polynomial * (X - conjugate) */
      E minus = NAMED(e_mul)(conjugate, NAMED(e_base)(PRIME - ONE));
      for (size_t i = k + 1; i > 0; i--)
        polynomial[i] = NAMED(e_add)(polynomial[i - 1], NAMED(e_mul)(polynomial[i], minus));
      polynomial[0] = NAMED(e_mul)(polynomial[0], minus);
      conjugate = NAMED(e_power)(conjugate, PRIME);
    }
    WORD *minimal = NAMED(words)(DEGREE + 1), *x = NAMED(words)(n), *z_words = NAMED(words)(DEGREE);
    for (size_t i = 0; i <= DEGREE; i++) minimal[i] = polynomial[i].c[0];
    memcpy(z_words, &z, sizeof z);
    k->inverse_of_difference(out, x, z_words, minimal, NAMED(words)(2 * n), n);
    for (size_t i = 0; i < n; i++) {
      E difference = NAMED(e_add)(NAMED(e_base)(x[i]), NAMED(e_mul)(z, NAMED(e_base)(PRIME - ONE)));
      E product = NAMED(e_mul)(NAMED(at)(out, 0, i), difference);
      NAMED(expect)(product, NAMED(e_base)(ONE), "inverse_of_difference", isa, n, i);
    }
  }
  release();
}

/* Fibres are values of random polynomials. */
static void NAMED(check_fold)(const KERNELS *k, int isa, unsigned rows_log, unsigned arity_log) {
  size_t rows = (size_t)1 << rows_log, arity = (size_t)1 << arity_log, begin = rows / 3;
  WORD generator = NAMED(power)(NAMED(integer)(GENERATOR), (PRIME - 1) >> (rows_log + arity_log));
  WORD start = NAMED(random)(), *inverse_x = NAMED(words)(rows), x = start ? start : ONE;
  E beta = NAMED(e_random)(), power = beta;
  WORD *betas = NAMED(words)(DEGREE * arity_log), *roots = NAMED(words)(arity - 1), *root = roots;
  for (unsigned t = 0; t < arity_log; t++, power = NAMED(e_mul)(power, power)) {
    memcpy(betas + DEGREE * t, &power, sizeof power);
    WORD step = NAMED(power)(NAMED(power)(generator, rows << t), PRIME - 2);
    for (size_t j = 0; j < arity >> (t + 1); j++) *root++ = NAMED(power)(step, j);
  }
  WORD **in = NAMED(columns)(DEGREE, rows * arity), **out = NAMED(columns)(DEGREE, rows);
  E *expected = exact(rows * sizeof *expected);
  for (size_t i = 0; i < rows; i++, x = NAMED(mul)(x, generator)) {
    inverse_x[i] = NAMED(power)(x, PRIME - 2);
    E polynomial[1 << APUS_EXTENSION_MAX_ARITY_LOG];
    for (size_t k = 0; k < arity; k++) polynomial[k] = NAMED(e_random)();
    expected[i] = NAMED(e_base)(0);
    for (size_t k = arity; k-- > 0;) expected[i] = NAMED(e_add)(NAMED(e_mul)(expected[i], beta), polynomial[k]);
    WORD point = x;
    for (size_t j = 0; j < arity; j++, point = NAMED(mul)(point, NAMED(power)(generator, rows))) {
      E value = NAMED(e_base)(0);
      for (size_t k = arity; k-- > 0;)
        value = NAMED(e_add)(NAMED(e_mul)(value, NAMED(e_base)(point)), polynomial[k]);
      for (size_t l = 0; l < DEGREE; l++) in[l][i + j * rows] = value.c[l];
    }
  }
  E before = NAMED(at)(out, 0, 0);
  k->fold(out, COLUMNS(in), inverse_x, betas, roots, arity_log, rows, begin, rows);
  for (size_t i = begin; i < rows; i++) NAMED(expect)(NAMED(at)(out, 0, i), expected[i], "fold", isa, rows, i);
  if (begin) NAMED(expect)(NAMED(at)(out, 0, 0), before, "fold's start", isa, rows, 0);
  release();
}

static void NAMED(check)(const KERNELS *k, int isa) {
  static const size_t counts[] = {0, 1, 8, 11, 17, 33};
  for (edges = 0; edges < 4; edges++) {
    for (size_t n = 0; n <= 1100; n += n < 20 ? 1 : n < 70 ? 17 : 347) {
      NAMED(check_sums)(k, isa, n, counts[n % 6]);
      NAMED(check_rows)(k, isa, n);
    }
    for (unsigned rows_log = 0; rows_log < 7; rows_log++)
      for (unsigned arity_log = 0; arity_log <= APUS_EXTENSION_MAX_ARITY_LOG; arity_log++)
        NAMED(check_fold)(k, isa, rows_log, arity_log);
  }
}

#undef E
#undef NAMED
#undef JOIN
#undef JOIN2
#undef COLUMNS
#undef NAME
#undef WORD
#undef PRIME
#undef KERNELS
#undef DEGREE
#undef TO_DEGREE
#undef ONE
#undef INVERSE
#undef GENERATOR
