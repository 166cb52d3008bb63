/* The checked calls over one field - included twice by backend_harness.c. */

static WORD F(some_word)(void) { return INTO((next_random() << 32 | next_random()) % P); }
static WORD F(product)(WORD a, WORD b) {
  return INTO((uint64_t)((unsigned __int128)OUT_OF(a) * OUT_OF(b) % P));
}
static WORD F(sum)(WORD a, WORD b) { return (WORD)(((unsigned __int128)a + b) % P); }

static void F(check_arithmetic)(const apus_backend *b) {
  /* More than one piece of work, and a tail. */
  enum { N = (1 << 16) + 13 };
  WORD *in[3], *out = malloc(N * sizeof(WORD)), s = F(some_word)();
  for (int k = 0; k < 3; k++) {
    in[k] = malloc(N * sizeof(WORD));
    for (size_t i = 0; i < N; i++) in[k][i] = i < 4 ? (WORD)(i % 2 ? P - 1 : 0) : F(some_word)();
  }
  DONE(CALL(add)(b, out, in[0], in[1], N));
  for (size_t i = 0; i < N; i += 7) REQUIRE(out[i] == F(sum)(in[0][i], in[1][i]));
  DONE(CALL(sub)(b, out, out, in[1], N));
  REQUIRE(!memcmp(out, in[0], N * sizeof(WORD)));
  DONE(CALL(mul)(b, out, in[0], in[1], N));
  for (size_t i = 0; i < N; i += 997) REQUIRE(out[i] == F(product)(in[0][i], in[1][i]));
  DONE(CALL(scale)(b, out, in[0], s, N));
  for (size_t i = 0; i < N; i += 997) REQUIRE(out[i] == F(product)(in[0][i], s));
  DONE(CALL(mul_add)(b, out, in[0], in[1], in[2], N));
  for (size_t i = 0; i < N; i += 997) REQUIRE(out[i] == F(sum)(F(product)(in[0][i], in[1][i]), in[2][i]));
  DONE(CALL(inverse)(b, out, in[0], N));
  for (size_t i = 0; i < N; i += 997) REQUIRE(F(product)(in[0][i], out[i]) == (in[0][i] ? INTO(1) : 0));
  REQUIRE(out[0] == 0);

  REFUSED(APUS_BACKEND_NULL, CALL(add)(NULL, out, in[0], in[1], N));
  REFUSED(APUS_BACKEND_NULL, CALL(add)(b, NULL, in[0], in[1], N));
  REFUSED(APUS_BACKEND_NULL, CALL(mul_add)(b, out, in[0], in[1], NULL, N));
  REFUSED(APUS_BACKEND_SIZE, CALL(add)(b, out, in[0], in[1], SIZE_MAX));
  REFUSED(APUS_BACKEND_SIZE, CALL(inverse)(b, out, in[0], SIZE_MAX / sizeof(WORD) + 2));
  REFUSED(APUS_BACKEND_ALIGNMENT, CALL(add)(b, out, (WORD *)(void *)((char *)in[0] + 1), in[1], 4));
  REFUSED(APUS_BACKEND_OVERLAP, CALL(add)(b, out + 1, out, in[1], 4));
  REFUSED(APUS_BACKEND_OVERLAP, CALL(mul)(b, out, in[0], out + 3, 4));
  REFUSED(APUS_BACKEND_WORD, CALL(scale)(b, out, in[0], P, N));
  DONE(CALL(add)(b, NULL, NULL, NULL, 0));
  in[1][N - 1] = P;
  REFUSED(APUS_BACKEND_WORD, CALL(add)(b, out, in[0], in[1], N));
  REFUSED(APUS_BACKEND_WORD, CALL(inverse)(b, out, in[1], N));
  DONE(CALL(add)(b, out, in[0], in[1], N - 1));
  for (int k = 0; k < 3; k++) free(in[k]);
  free(out);
}

static void F(check_transforms)(const apus_backend *b) {
  enum { LOG_ROWS = 9, ROWS = 1 << LOG_ROWS, COLUMNS = 7 };
  NTT *ntt, *subgroup;
  WORD shift = INTO(5);
  DONE(CALL(ntt_create)(b, LOG_ROWS, shift, &ntt));
  DONE(CALL(ntt_create)(b, LOG_ROWS, INTO(1), &subgroup));
  WORD *columns[COLUMNS], *values[COLUMNS];
  const WORD *in[COLUMNS], *back[COLUMNS];
  for (size_t c = 0; c < COLUMNS; c++) {
    in[c] = columns[c] = malloc(ROWS * sizeof(WORD));
    back[c] = values[c] = malloc(ROWS * sizeof(WORD));
    for (size_t i = 0; i < ROWS; i++) columns[c][i] = F(some_word)();
  }
  DONE(CALL(ntt_bit_reverse)(b, ntt, columns, COLUMNS, ROWS));
  DONE(CALL(ntt_forward)(b, ntt, values, in, COLUMNS, ROWS));
  DONE(CALL(ntt_bit_reverse)(b, ntt, columns, COLUMNS, ROWS));
  for (size_t c = 0; c < COLUMNS; c++) {
    /* The first value is the polynomial at the shift. */
    WORD at = 0;
    for (size_t i = ROWS; i-- > 0;) at = F(sum)(F(product)(at, shift), columns[c][i]);
    REQUIRE(values[c][0] == at);
  }
  DONE(CALL(ntt_inverse)(b, ntt, values, back, COLUMNS, ROWS));
  DONE(CALL(ntt_bit_reverse)(b, ntt, values, COLUMNS, ROWS));
  for (size_t c = 0; c < COLUMNS; c++) REQUIRE(!memcmp(values[c], columns[c], ROWS * sizeof(WORD)));

  REFUSED(APUS_BACKEND_SIZE, CALL(ntt_forward)(b, ntt, values, in, COLUMNS, ROWS / 2));
  REFUSED(APUS_BACKEND_NULL, CALL(ntt_forward)(b, NULL, values, in, COLUMNS, ROWS));
  REFUSED(APUS_BACKEND_HANDLE, CALL(ntt_forward)(b, (const NTT *)b, values, in, COLUMNS, ROWS));
  REFUSED(APUS_BACKEND_HANDLE, CALL(ntt_forward)((const apus_backend *)ntt, ntt, values, in, COLUMNS, ROWS));
  REFUSED(APUS_BACKEND_NULL, CALL(ntt_forward)(b, ntt, NULL, in, COLUMNS, ROWS));
  REFUSED(APUS_BACKEND_SIZE, CALL(ntt_forward)(b, ntt, values, in, SIZE_MAX, ROWS));
  WORD *crossed[2] = {columns[1], values[1]}, *twice[2] = {values[0], values[0]};
  REFUSED(APUS_BACKEND_OVERLAP, CALL(ntt_forward)(b, ntt, crossed, in, 2, ROWS));
  REFUSED(APUS_BACKEND_OVERLAP, CALL(ntt_forward)(b, ntt, twice, in, 2, ROWS));
  REFUSED(APUS_BACKEND_OVERLAP, CALL(ntt_bit_reverse)(b, ntt, twice, 2, ROWS));
  const WORD *shared[2] = {columns[0], columns[0]};
  DONE(CALL(ntt_forward)(b, subgroup, values, shared, 2, ROWS));
  REQUIRE(!memcmp(values[0], values[1], ROWS * sizeof(WORD)));
  values[3] = NULL;
  REFUSED(APUS_BACKEND_NULL, CALL(ntt_inverse)(b, ntt, values, in, COLUMNS, ROWS));
  values[3] = (WORD *)back[3];
  columns[6][ROWS - 1] = P;
  REFUSED(APUS_BACKEND_WORD, CALL(ntt_inverse)(b, ntt, values, in, COLUMNS, ROWS));

  NTT *refused = ntt;
  REFUSED(APUS_BACKEND_WORD, CALL(ntt_create)(b, LOG_ROWS, 0, &refused));
  REQUIRE(refused == NULL);
  REFUSED(APUS_BACKEND_WORD, CALL(ntt_create)(b, LOG_ROWS, P, &refused));
  REFUSED(APUS_BACKEND_SIZE, CALL(ntt_create)(b, MOST_LOG + 1, shift, &refused));
  REFUSED(APUS_BACKEND_SIZE, CALL(ntt_create)(b, SIZE_MAX, shift, &refused));
  REFUSED(APUS_BACKEND_NULL, CALL(ntt_create)(b, LOG_ROWS, shift, NULL));
  CALL(ntt_destroy)(NULL);
  CALL(ntt_destroy)((NTT *)b);
  CALL(ntt_destroy)(ntt);
  CALL(ntt_destroy)(subgroup);
  for (size_t c = 0; c < COLUMNS; c++) free(columns[c]), free((void *)back[c]);
}

/* One and two columns that several threads share: what one thread computes. */
static void F(check_shared_columns)(int isa) {
  enum { LOG_ROWS = 16, ROWS = 1 << LOG_ROWS, COLUMNS = 2, MOST_THREADS = 4 };
  WORD *columns[COLUMNS], *values[COLUMNS], *expected[3 * COLUMNS];
  const WORD *in[COLUMNS];
  for (size_t c = 0; c < COLUMNS; c++) {
    in[c] = columns[c] = malloc(ROWS * sizeof(WORD));
    values[c] = malloc(ROWS * sizeof(WORD));
    for (size_t i = 0; i < ROWS; i++) columns[c][i] = F(some_word)();
  }
  for (size_t e = 0; e < 3 * COLUMNS; e++) expected[e] = malloc(ROWS * sizeof(WORD));
  for (size_t threads = 1; threads <= MOST_THREADS; threads++) {
    apus_backend *b;
    NTT *ntt;
    DONE(apus_backend_create(isa, threads, &b));
    DONE(CALL(ntt_create)(b, LOG_ROWS, INTO(7), &ntt));
    for (size_t count = COLUMNS; count > 0; count--) /* with one thread, both at first */
      for (size_t direction = 0; direction < 3; direction++) {
        for (size_t c = 0; c < count; c++) memcpy(values[c], columns[c], ROWS * sizeof(WORD));
        if (direction == 0)
          DONE(CALL(ntt_forward)(b, ntt, values, in, count, ROWS));
        else if (direction == 1)
          DONE(CALL(ntt_inverse)(b, ntt, values, (const WORD *const *)values, count, ROWS));
        else
          DONE(CALL(ntt_bit_reverse)(b, ntt, values, count, ROWS));
        for (size_t c = 0; c < count; c++) {
          WORD *words = expected[direction * COLUMNS + c];
          if (threads == 1 && count == COLUMNS) memcpy(words, values[c], ROWS * sizeof(WORD));
          REQUIRE(!memcmp(words, values[c], ROWS * sizeof(WORD)));
        }
      }
    WORD kept = columns[0][ROWS - 1];
    columns[0][ROWS - 1] = P;
    REFUSED(APUS_BACKEND_WORD, CALL(ntt_forward)(b, ntt, values, in, 1, ROWS));
    REFUSED(APUS_BACKEND_WORD, CALL(ntt_inverse)(b, ntt, values, in, 1, ROWS));
    columns[0][ROWS - 1] = kept;
    CALL(ntt_destroy)(ntt);
    apus_backend_destroy(b);
  }
  for (size_t c = 0; c < COLUMNS; c++) free(columns[c]), free(values[c]);
  for (size_t e = 0; e < 3 * COLUMNS; e++) free(expected[e]);
}

static void F(check_trees)(const apus_backend *b) {
  /* More than one piece, so that there is more than one pass. */
  enum { LOG_ROWS = 12, ROWS = 1 << LOG_ROWS, COLUMNS = 3, PATH = 32 * LOG_ROWS };
  WORD *columns[COLUMNS];
  const WORD *in[COLUMNS];
  for (size_t c = 0; c < COLUMNS; c++) {
    in[c] = columns[c] = malloc(ROWS * sizeof(WORD));
    for (size_t i = 0; i < ROWS; i++) columns[c][i] = F(some_word)();
  }
  uint8_t *digests = malloc(32 * ROWS), root[32], path[PATH];
  apus_backend_tree *tree;
  for (apus_backend_hash hash = -1; hash <= 6; hash++) {
    apus_backend_status status = CALL(commit)(b, hash, in, COLUMNS, ROWS, &tree);
    if (status) {
      REQUIRE(status == APUS_BACKEND_UNKNOWN && (hash < 1 || hash > 5 || sizeof(WORD) == 8) && tree == NULL);
      REFUSED(APUS_BACKEND_UNKNOWN, CALL(hash_rows)(b, hash, digests, in, COLUMNS, ROWS));
      continue;
    }
    DONE(apus_backend_tree_root(tree, root));
    DONE(CALL(hash_rows)(b, hash, digests, in, COLUMNS, ROWS));
    for (size_t row = 0; row < ROWS; row += 211) {
      WORD words[COLUMNS];
      for (size_t c = 0; c < COLUMNS; c++) words[c] = columns[c][row];
      DONE(apus_backend_tree_path(tree, row, path, PATH));
      REQUIRE(!memcmp(path, digests + 32 * (row ^ 1), 32));
      DONE(CALL(verify)(hash, root, words, COLUMNS, row, ROWS, path, PATH));
      REFUSED(APUS_BACKEND_NOT_COMMITTED, CALL(verify)(hash, root, words, COLUMNS, row ^ 1, ROWS, path, PATH));
      words[1] = F(sum)(words[1], 1);
      REFUSED(APUS_BACKEND_NOT_COMMITTED, CALL(verify)(hash, root, words, COLUMNS, row, ROWS, path, PATH));
      words[1] = P;
      REFUSED(APUS_BACKEND_WORD, CALL(verify)(hash, root, words, COLUMNS, row, ROWS, path, PATH));
      REFUSED(APUS_BACKEND_SIZE, CALL(verify)(hash, root, words, COLUMNS, ROWS, ROWS, path, PATH));
      REFUSED(APUS_BACKEND_SIZE, CALL(verify)(hash, root, words, COLUMNS, row, ROWS, path, PATH - 32));
      REFUSED(APUS_BACKEND_NULL, CALL(verify)(hash, root, words, COLUMNS, row, ROWS, NULL, PATH));
      memset(path, 0xff, 32);
      words[1] = columns[1][row];
      REFUSED(hash == APUS_BACKEND_POSEIDON2 ? APUS_BACKEND_WORD : APUS_BACKEND_NOT_COMMITTED,
              CALL(verify)(hash, root, words, COLUMNS, row, ROWS, path, PATH));
    }
    REFUSED(APUS_BACKEND_SIZE, apus_backend_tree_path(tree, ROWS, path, PATH));
    REFUSED(APUS_BACKEND_SIZE, apus_backend_tree_path(tree, SIZE_MAX, path, PATH));
    REFUSED(APUS_BACKEND_SIZE, apus_backend_tree_path(tree, 0, path, PATH + 32));
    REFUSED(APUS_BACKEND_NULL, apus_backend_tree_root(tree, NULL));
    REFUSED(APUS_BACKEND_HANDLE, apus_backend_tree_root((const apus_backend_tree *)b, root));
    apus_backend_tree_destroy(tree);

    /* One row, without columns or words. */
    DONE(CALL(commit)(b, hash, NULL, 0, 1, &tree));
    DONE(apus_backend_tree_root(tree, root));
    DONE(apus_backend_tree_path(tree, 0, NULL, 0));
    DONE(CALL(verify)(hash, root, NULL, 0, 0, 1, NULL, 0));
    apus_backend_tree_destroy(tree);
  }
  apus_backend_hash hash = APUS_BACKEND_POSEIDON2;
  REFUSED(APUS_BACKEND_SIZE, CALL(commit)(b, hash, in, COLUMNS, ROWS - 1, &tree));
  REFUSED(APUS_BACKEND_SIZE, CALL(commit)(b, hash, in, COLUMNS, 0, &tree));
  REFUSED(APUS_BACKEND_SIZE, CALL(commit)(b, hash, in, COLUMNS, (size_t)1 << 63, &tree));
  REFUSED(APUS_BACKEND_SIZE, CALL(commit)(b, hash, in, SIZE_MAX, ROWS, &tree));
  REFUSED(APUS_BACKEND_NULL, CALL(commit)(b, hash, NULL, COLUMNS, ROWS, &tree));
  REFUSED(APUS_BACKEND_NULL, CALL(commit)(b, hash, in, COLUMNS, ROWS, NULL));
  REFUSED(APUS_BACKEND_OVERLAP, CALL(hash_rows)(b, hash, (uint8_t *)columns[1] + 5, in, COLUMNS, 8));
  REFUSED(APUS_BACKEND_OVERLAP, CALL(hash_rows)(b, hash, (uint8_t *)in, in, COLUMNS, 1));
  apus_topology topology;
  apus_topology_read(&topology);
  if (topology.memory_bytes && topology.memory_bytes < (uint64_t)1 << 38)
    REFUSED(APUS_BACKEND_NO_RESOURCES, CALL(commit)(b, hash, NULL, 0, (size_t)1 << 32, &tree));
  columns[2][1500] = P;
  REFUSED(APUS_BACKEND_WORD, CALL(hash_rows)(b, hash, digests, in, COLUMNS, ROWS));
  REFUSED(APUS_BACKEND_WORD, CALL(commit)(b, hash, in, COLUMNS, ROWS, &tree));
  REQUIRE(tree == NULL);
  for (size_t c = 0; c < COLUMNS; c++) free(columns[c]);
  free(digests);
}

static void F(check)(const apus_backend *b) {
  F(check_arithmetic)(b);
  F(check_transforms)(b);
  F(check_shared_columns)(apus_backend_instruction_set(b));
  F(check_trees)(b);
}

static void F(garbage_call)(const apus_backend *b, NTT *ntt, size_t rows, apus_backend_tree *tree) {
  enum { MOST = 300 };
  size_t n = some_count(MOST), bytes = MOST * sizeof(WORD);
  WORD *out = some_array(bytes), *x = next_random() % 4 ? some_array(bytes) : out, *y = some_array(bytes),
       *z = some_array(bytes), s = (WORD)next_random();
  /* Columns of at least `rows` words, and as many pointers as are asked for unless that is absurd. */
  WORD *columns[2][MOST_COLUMNS];
  for (int k = 0; k < 2; k++)
    for (int c = 0; c < MOST_COLUMNS; c++) columns[k][c] = some_array((rows < 64 ? 64 : rows) * sizeof(WORD));
  WORD *const *o = next_random() % 16 ? columns[0] : NULL;
  const WORD *const *in = (const WORD *const *)(next_random() % 16 ? columns[next_random() % 2] : NULL);
  size_t columns_count = some_count(MOST_COLUMNS), given = next_random() % 4 ? rows : some_count(rows);
  apus_backend_hash hash = (apus_backend_hash)(next_random() % 9) - 1;
  size_t few = next_random() % 8 ? (size_t)1 << next_random() % 7 : some_count(64);
  uint8_t *digests = some_array(32 * 64), *path = some_array(32 * 12);
  apus_backend_tree *made = NULL;

  switch (next_random() % 17) {
    case 0: count(CALL(add)(b, out, x, y, n)); break;
    case 1: count(CALL(sub)(b, out, x, y, n)); break;
    case 2: count(CALL(mul)(b, out, x, y, n)); break;
    case 3: count(CALL(scale)(b, out, x, s, n)); break;
    case 4: count(CALL(mul_add)(b, out, x, y, z, n)); break;
    case 5: count(CALL(inverse)(b, out, x, n)); break;
    case 6: count(CALL(ntt_forward)(b, ntt, o, in, columns_count, given)); break;
    case 7: count(CALL(ntt_inverse)(b, ntt, o, in, columns_count, given)); break;
    case 8: count(CALL(ntt_bit_reverse)(b, ntt, o, columns_count, given)); break;
    case 9: count(CALL(hash_rows)(b, hash, digests, in, columns_count, few)); break;
    case 10: count(CALL(commit)(b, hash, in, columns_count, few, next_random() % 16 ? &made : NULL)); break;
    case 11: count(CALL(verify)(hash, digests, x, some_count(MOST), some_count(80), few, path, 32 * (next_random() % 13))); break;
    case 12: count(apus_backend_hash_messages(b, hash, digests, (uint8_t *)some_array(64 * 40), some_count(40), some_count(64))); break;
    case 13: count(apus_backend_tree_path(tree, some_count(70), path, 32 * (next_random() % 13))); break;
    case 14: count(apus_backend_tree_root(tree, digests)); break;
    case 15: {
      NTT *created = NULL;
      size_t log_rows = next_random() % 3 ? next_random() % 9 : absurd_size();
      count(CALL(ntt_create)(b, log_rows, s, next_random() % 16 ? &created : NULL));
      CALL(ntt_destroy)(created);
      break;
    }
    default: count(CALL(ntt_forward)((const apus_backend *)tree, (const NTT *)b, o, in, columns_count, given)); break;
  }
  apus_backend_tree_destroy(made);
}

static void F(garbage)(const apus_backend *b, int calls) {
  NTT *ntt;
  apus_backend_tree *tree;
  enum { ROWS = 64 };
  fill_block();
  DONE(CALL(ntt_create)(b, 6, INTO(3), &ntt));
  DONE(CALL(commit)(b, APUS_BACKEND_POSEIDON2, NULL, 0, ROWS, &tree));
  for (int i = 0; i < calls; i++) {
    if (i % 64 == 0) fill_block();
    F(garbage_call)(next_random() % 20 ? b : NULL, next_random() % 20 ? ntt : NULL, ROWS, next_random() % 20 ? tree : NULL);
  }
  CALL(ntt_destroy)(ntt);
  apus_backend_tree_destroy(tree);
}

#undef WORD
#undef P
#undef F
#undef CALL
#undef NTT
#undef MOST_LOG
#undef INTO
#undef OUT_OF
