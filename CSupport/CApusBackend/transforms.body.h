/* Transforms of many columns, a column at a time on each thread - compiled by backend_babybear.c and
 * backend_goldilocks.c. */

/* Words that a plan and a coset keep for each row, at most. */
enum { FACTORS = 6 };

struct NTT {
  uint32_t tag;
  size_t rows;
  PLAN *plan;
  COSET *coset; /* NULL: the subgroup */
};

apus_backend_status CALL(ntt_create)(const apus_backend *backend, size_t log_rows, WORD shift, NTT **ntt) {
  TRY(check_not_null(ntt, "ntt"));
  *ntt = NULL;
  TRY(check_handle(backend, "backend", BACKEND_TAG));
  TRY(check_count(log_rows, "log_rows", TWO_ADICITY));
  if (shift == 0 || shift >= MODULUS)
    return refuse(APUS_BACKEND_WORD, "shift is not from 1 to the modulus of " FIELD_NAME);
  /* The system promises more memory than it has, and stops the process that uses it. */
  uint64_t bytes = (uint64_t)FACTORS * sizeof(WORD) << log_rows;
  if (backend->machine_bytes && bytes > backend->machine_bytes / 2)
    return refuse(APUS_BACKEND_NO_RESOURCES, "the factors of a transform of 2^%zu words need %" PRIu64
                  " bytes, more than half of the memory of this machine", log_rows, bytes);
  NTT *created = malloc(sizeof *created);
  PLAN *plan = RAW(plan_create)((unsigned)log_rows, backend->isa);
  COSET *coset = plan && shift != ONE ? RAW(coset_create)(plan, shift) : NULL;
  if (!created || !plan || (!coset && shift != ONE)) {
    RAW(coset_destroy)(coset);
    RAW(plan_destroy)(plan);
    free(created);
    return refuse(APUS_BACKEND_NO_RESOURCES, "no memory for the factors of a transform of 2^%zu words", log_rows);
  }
  *created = (NTT){NTT_TAG, (size_t)1 << log_rows, plan, coset};
  *ntt = created;
  return APUS_BACKEND_OK;
}

void CALL(ntt_destroy)(NTT *ntt) {
  if (check_handle(ntt, "ntt", NTT_TAG) != APUS_BACKEND_OK) return;
  ntt->tag = 0;
  RAW(coset_destroy)(ntt->coset);
  RAW(plan_destroy)(ntt->plan);
  free(ntt);
}

typedef enum Direction { FORWARD, INVERSE_TRANSFORM, BIT_REVERSE } Direction;

typedef struct Transform {
  Direction direction;
  const apus_backend *backend;
  const NTT *ntt;
  WORD *const *out;
  const WORD *const *in;
  Refused refused;
} Transform;

static void transform_columns(void *context, size_t begin, size_t end, size_t worker) {
  (void)worker;
  Transform *t = context;
  for (size_t c = begin; c < end; c++) {
    if (t->direction == BIT_REVERSE) {
      RAW(bit_reverse)(t->ntt->plan, t->out[c]);
    } else if (!BELOW(t->backend, t->in[c], t->ntt->rows)) {
      t->refused.any = 1;
      return;
    } else if (t->direction == FORWARD) {
      RAW(forward)(t->ntt->plan, t->ntt->coset, t->out[c], t->in[c]);
    } else {
      RAW(inverse)(t->ntt->plan, t->ntt->coset, t->out[c], t->in[c]);
    }
  }
}

static apus_backend_status run_transform(Transform t, size_t columns, size_t rows) {
  TRY(check_handle(t.backend, "backend", BACKEND_TAG));
  TRY(check_handle(t.ntt, "ntt", NTT_TAG));
  if (rows != t.ntt->rows)
    return refuse(APUS_BACKEND_SIZE, "rows is %zu, but the transform was made for %zu", rows, t.ntt->rows);
  const void *const *out = (const void *const *)t.out, *const *in = (const void *const *)t.in;
  TRY(check_columns(out, "out", columns, rows, sizeof(WORD)));
  TRY(check_columns(in, "in", columns, rows, sizeof(WORD)));
  TRY(check_columns_apart(out, in, columns, rows * sizeof(WORD)));
  apus_pool_run(t.backend->pool, columns, 1, transform_columns, &t);
  return check_words_accepted(&t.refused, "a column", FIELD_NAME);
}

apus_backend_status CALL(ntt_forward)(const apus_backend *backend, const NTT *ntt, WORD *const *out,
                                      const WORD *const *in, size_t columns, size_t rows) {
  return run_transform((Transform){.direction = FORWARD, .backend = backend, .ntt = ntt, .out = out, .in = in}, columns,
                       rows);
}
apus_backend_status CALL(ntt_inverse)(const apus_backend *backend, const NTT *ntt, WORD *const *out,
                                      const WORD *const *in, size_t columns, size_t rows) {
  return run_transform(
      (Transform){.direction = INVERSE_TRANSFORM, .backend = backend, .ntt = ntt, .out = out, .in = in}, columns, rows);
}
apus_backend_status CALL(ntt_bit_reverse)(const apus_backend *backend, const NTT *ntt, WORD *const *columns,
                                          size_t count, size_t rows) {
  const WORD *const *in = (const WORD *const *)columns;
  return run_transform(
      (Transform){.direction = BIT_REVERSE, .backend = backend, .ntt = ntt, .out = columns, .in = in}, count, rows);
}
