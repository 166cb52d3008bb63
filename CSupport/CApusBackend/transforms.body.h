/* Transforms of columns: one on each thread, or, where columns are fewer than threads and long, each by several threads -
 * compiled by backend_babybear.c and backend_goldilocks.c. */

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
  TRY(check_memory(backend, "the factors of the transform", (uint64_t)FACTORS * sizeof(WORD) << log_rows));
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

/* Stage 0 looks at the words, the others are the steps of the transform. A thread that has a whole column takes it through
 * all of them, while it is in the cache; threads that share columns finish one stage before they begin the next. */
typedef struct Transform {
  Direction direction;
  const apus_backend *backend;
  const NTT *ntt;
  WORD *const *out;
  const WORD *const *in;
  apus_ntt_split split;
  unsigned stage, end; /* the stages of this run */
  Refused refused;
} Transform;

static bool is_accepted(const Transform *t, size_t column, size_t piece) {
  size_t n = t->ntt->rows / t->split.pieces;
  return BELOW(t->backend, t->in[column] + piece * n, n);
}

static void transform_piece(const Transform *t, unsigned step, size_t column, size_t piece) {
  const NTT *ntt = t->ntt;
  switch (t->direction) {
    case FORWARD:
      RAW(forward_piece)(ntt->plan, ntt->coset, t->out[column], t->in[column], t->split, step, piece);
      break;
    case INVERSE_TRANSFORM:
      RAW(inverse_piece)(ntt->plan, ntt->coset, t->out[column], t->in[column], t->split, step, piece);
      break;
    case BIT_REVERSE: RAW(bit_reverse_piece)(ntt->plan, t->out[column], t->split, piece); break;
  }
}

static void transform_pieces(void *context, size_t begin, size_t end, size_t worker) {
  (void)worker;
  Transform *t = context;
  for (size_t i = begin; i < end; i++) {
    size_t column = i / t->split.pieces, piece = i % t->split.pieces;
    for (unsigned stage = t->stage; stage < t->end; stage++) {
      if (stage > 0) {
        transform_piece(t, stage - 1, column, piece);
      } else if (!is_accepted(t, column, piece)) {
        t->refused.any = 1;
        return;
      }
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
  apus_pool *pool = t.backend->pool;
  t.split = RAW(split)(t.ntt->plan, columns, apus_pool_threads(pool));
  /* The exchange is one step, and takes any words. */
  unsigned first = t.direction == BIT_REVERSE ? 1 : 0, stages = t.direction == BIT_REVERSE ? 2 : 1 + t.split.steps;
  for (t.stage = first; t.stage < stages && !t.refused.any; t.stage = t.end) {
    t.end = t.split.pieces == 1 ? stages : t.stage + 1;
    apus_pool_run(pool, columns * t.split.pieces, 1, transform_pieces, &t);
  }
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
