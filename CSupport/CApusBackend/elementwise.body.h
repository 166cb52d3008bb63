/* Arithmetic on whole arrays over the pool - compiled by backend_babybear.c and backend_goldilocks.c. */

/* Words that are checked, and then worked on while they are in the cache; and words of a piece of work. */
enum { CHUNK = 2048, PIECE = 1 << 15 };

typedef enum Operation { ADD, SUB, MUL, SCALE, MUL_ADD, INVERSE, CONVERT } Operation;

typedef struct Task {
  Operation operation;
  WORD *out;
  const WORD *a, *b, *c; /* b and c NULL where the operation has none */
  WORD s;
  void (*convert)(WORD *out, const WORD *in, size_t n);
  bool takes_any; /* words, below p or not */
  size_t n;
  const apus_backend *backend;
  Refused refused;
} Task;

static bool accepts(const Task *t, size_t i, size_t n) {
  return (t->takes_any || BELOW(t->backend, t->a + i, n)) && (!t->b || BELOW(t->backend, t->b + i, n)) &&
         (!t->c || BELOW(t->backend, t->c + i, n));
}

static void compute(const Task *t, size_t i, size_t n) {
  const KERNELS *kernels = t->backend->FIELD;
  switch (t->operation) {
    case ADD: kernels->add(t->out + i, t->a + i, t->b + i, n); break;
    case SUB: kernels->sub(t->out + i, t->a + i, t->b + i, n); break;
    case MUL: kernels->mul(t->out + i, t->a + i, t->b + i, n); break;
    case SCALE: kernels->scale(t->out + i, t->a + i, t->s, n); break;
    case MUL_ADD: kernels->mul_add(t->out + i, t->a + i, t->b + i, t->c + i, n); break;
    case INVERSE: {
      WORD scratch[CHUNK];
      kernels->batch_inverse(t->out + i, t->a + i, scratch, n);
      break;
    }
    case CONVERT: t->convert(t->out + i, t->a + i, n); break;
  }
}

static void work(void *context, size_t begin, size_t end, size_t worker) {
  (void)worker;
  Task *t = context;
  for (size_t i = begin; i < end; i += CHUNK) {
    size_t n = end - i < CHUNK ? end - i : CHUNK;
    if (!accepts(t, i, n)) {
      t->refused.any = 1;
      return;
    }
    compute(t, i, n);
  }
}

static apus_backend_status check_input(const WORD *in, const char *name, const Task *t) {
  size_t bytes = t->n * sizeof(WORD);
  TRY(check_array(in, name, t->n, sizeof(WORD), sizeof(WORD)));
  return check_same_or_apart((Extent){t->out, bytes, "out"}, (Extent){in, bytes, name});
}

static apus_backend_status run(const apus_backend *backend, Task t) {
  TRY(check_handle(backend, "backend", BACKEND_TAG));
  TRY(check_array(t.out, "out", t.n, sizeof(WORD), sizeof(WORD)));
  TRY(check_input(t.a, "a", &t));
  if (t.operation <= MUL || t.operation == MUL_ADD) TRY(check_input(t.b, "b", &t));
  if (t.operation == MUL_ADD) TRY(check_input(t.c, "c", &t));
  if (t.s >= MODULUS) return refuse(APUS_BACKEND_WORD, "s is not below the modulus of " FIELD_NAME);
  t.backend = backend;
  apus_pool_run(backend->pool, t.n, PIECE, work, &t);
  return check_words_accepted(&t.refused, "an input", FIELD_NAME);
}

apus_backend_status CALL(add)(const apus_backend *backend, WORD *out, const WORD *a, const WORD *b, size_t n) {
  return run(backend, (Task){.operation = ADD, .out = out, .a = a, .b = b, .n = n});
}
apus_backend_status CALL(sub)(const apus_backend *backend, WORD *out, const WORD *a, const WORD *b, size_t n) {
  return run(backend, (Task){.operation = SUB, .out = out, .a = a, .b = b, .n = n});
}
apus_backend_status CALL(mul)(const apus_backend *backend, WORD *out, const WORD *a, const WORD *b, size_t n) {
  return run(backend, (Task){.operation = MUL, .out = out, .a = a, .b = b, .n = n});
}
apus_backend_status CALL(scale)(const apus_backend *backend, WORD *out, const WORD *a, WORD s, size_t n) {
  return run(backend, (Task){.operation = SCALE, .out = out, .a = a, .s = s, .n = n});
}
apus_backend_status CALL(mul_add)(const apus_backend *backend, WORD *out, const WORD *a, const WORD *b, const WORD *c,
                                  size_t n) {
  return run(backend, (Task){.operation = MUL_ADD, .out = out, .a = a, .b = b, .c = c, .n = n});
}
apus_backend_status CALL(inverse)(const apus_backend *backend, WORD *out, const WORD *a, size_t n) {
  return run(backend, (Task){.operation = INVERSE, .out = out, .a = a, .n = n});
}
