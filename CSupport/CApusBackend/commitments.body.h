/* Hashes of rows and commitments to matrices - compiled by backend_babybear.c and backend_goldilocks.c. */

/* Rows of a piece of work: enough for several groups of the kernels' lanes, and still in the cache after the check. */
enum { HASHED_ROWS = 256 };

typedef struct Rows {
  const apus_backend *backend;
  apus_merkle_hash hash;
  uint8_t *digests;
  const WORD *const *columns;
  size_t count;
  const apus_merkle_tree *tree;
  unsigned pass;
  Refused refused;
} Rows;

static bool accepts_rows(Rows *r, size_t begin, size_t end) {
  for (size_t c = 0; c < r->count; c++)
    if (!BELOW(r->backend, r->columns[c] + begin, end - begin)) {
      r->refused.any = 1;
      return false;
    }
  return true;
}

static void hash_some_rows(void *context, size_t begin, size_t end, size_t worker) {
  (void)worker;
  Rows *r = context;
  if (accepts_rows(r, begin, end))
    r->hash.HASH_WORDS->rows(r->digests + DIGEST * begin, r->columns, r->count, begin, end);
}

static apus_backend_status check_matrix(const apus_backend *backend, apus_merkle_hash hash, apus_backend_hash name,
                                        const WORD *const *columns, size_t count, size_t rows) {
  TRY(check_handle(backend, "backend", BACKEND_TAG));
  if (!hash.HASH_WORDS) return refuse(APUS_BACKEND_UNKNOWN, "there is no hash %d of columns of " FIELD_NAME, name);
  return check_columns((const void *const *)columns, "columns", count, rows, sizeof(WORD));
}

static apus_isa isa_of(const apus_backend *backend) {
  return check_handle(backend, "backend", BACKEND_TAG) == APUS_BACKEND_OK ? backend->isa : APUS_ISA_PORTABLE;
}

apus_backend_status CALL(hash_rows)(const apus_backend *backend, apus_backend_hash hash, uint8_t *digests,
                                    const WORD *const *columns, size_t count, size_t rows) {
  Rows r = {.backend = backend, .hash = HASH(hash, isa_of(backend)), .digests = digests, .columns = columns,
            .count = count};
  TRY(check_matrix(backend, r.hash, hash, columns, count, rows));
  TRY(check_digests(digests, rows, (const void *const *)columns, count, rows * sizeof(WORD)));
  apus_pool_run(backend->pool, rows, HASHED_ROWS, hash_some_rows, &r);
  return check_words_accepted(&r.refused, "a column", FIELD_NAME);
}

static void build_pieces(void *context, size_t begin, size_t end, size_t worker) {
  (void)worker;
  Rows *r = context;
  size_t rows = (size_t)1 << r->tree->log_leaves, piece = (size_t)1 << r->tree->log_block;
  for (size_t i = begin; i < end; i++) {
    size_t last = (i + 1) * piece < rows ? (i + 1) * piece : rows;
    if (r->pass == 0 && !accepts_rows(r, i * piece, last)) return;
    apus_merkle_run(r->tree, r->pass, i, i + 1);
  }
}

apus_backend_status CALL(commit)(const apus_backend *backend, apus_backend_hash hash, const WORD *const *columns,
                                 size_t count, size_t rows, apus_backend_tree **tree) {
  TRY(check_not_null(tree, "tree"));
  *tree = NULL;
  Rows r = {.backend = backend, .hash = HASH(hash, isa_of(backend)), .columns = columns, .count = count};
  TRY(check_power_of_two(rows, "rows", MOST_LOG_ROWS));
  TRY(check_matrix(backend, r.hash, hash, columns, count, rows));
  TRY(check_memory(backend, "the tree", 2 * DIGEST * (uint64_t)rows));
  apus_backend_tree *created = create_tree(backend, rows);
  if (!created) return refuse(APUS_BACKEND_NO_RESOURCES, "no memory for a tree over %zu rows", rows);

  apus_merkle_rows levels[MOST_LOG_ROWS + 1] = {
      {.columns = {.COLUMN_WORDS = columns}, .column_count = count, .rows_per_block = rows}};
  apus_merkle_tree building = created->tree;
  building.hash = r.hash;
  building.rows = levels;
  building.log_block = backend->subtree_log;
  r.tree = &building;
  for (; r.pass < apus_merkle_passes(&building) && !r.refused.any; r.pass++)
    apus_pool_run(backend->pool, apus_merkle_pieces(&building, r.pass), 1, build_pieces, &r);
  apus_backend_status status = check_words_accepted(&r.refused, "a column", FIELD_NAME);
  if (status != APUS_BACKEND_OK) {
    apus_backend_tree_destroy(created);
    return status;
  }
  *tree = created;
  return APUS_BACKEND_OK;
}

/* Digests of Poseidon2 are words below the modulus; another word would be taken modulo it, so that one path had several
 * encodings. */
static bool is_canonical(apus_backend_hash hash, const uint8_t *digests, size_t bytes) {
  if (hash != APUS_BACKEND_POSEIDON2) return true;
  for (size_t i = 0; i < bytes; i += sizeof(WORD)) {
    WORD word;
    memcpy(&word, digests + i, sizeof word);
    if (word >= MODULUS) return false;
  }
  return true;
}

static void climb(apus_merkle_hash hash, uint8_t digest[DIGEST], size_t row, const uint8_t *path, size_t bytes) {
  for (size_t i = 0; i < bytes; i += DIGEST, row >>= 1) {
    uint8_t pair[2][DIGEST];
    memcpy(pair[row & 1], digest, DIGEST);
    memcpy(pair[~row & 1], path + i, DIGEST);
    hash.HASH_WORDS->pairs(digest, pair[0], 1);
  }
}

apus_backend_status CALL(verify)(apus_backend_hash hash, const uint8_t root[32], const WORD *words, size_t count,
                                 size_t row, size_t rows, const uint8_t *path, size_t bytes) {
  apus_merkle_hash kernels = HASH(hash, APUS_ISA_PORTABLE);
  if (!kernels.HASH_WORDS) return refuse(APUS_BACKEND_UNKNOWN, "there is no hash %d of columns of " FIELD_NAME, hash);
  TRY(check_count(count, "the number of columns", APUS_BACKEND_MOST_COLUMNS));
  TRY(check_array(words, "words", count, sizeof(WORD), sizeof(WORD)));
  TRY(check_path(root, path, bytes, row, rows));
  for (size_t c = 0; c < count; c++)
    if (words[c] >= MODULUS) return refuse(APUS_BACKEND_WORD, "words[%zu] is not below the modulus of " FIELD_NAME, c);
  if (!is_canonical(hash, path, bytes))
    return refuse(APUS_BACKEND_WORD, "path holds a word that is not below the modulus of " FIELD_NAME);

  const WORD **columns = malloc((count + 1) * sizeof *columns);
  if (!columns) return refuse(APUS_BACKEND_NO_RESOURCES, "no memory for %zu columns", count);
  for (size_t c = 0; c < count; c++) columns[c] = words + c;
  uint8_t digest[DIGEST];
  kernels.HASH_WORDS->rows(digest, columns, count, 0, 1);
  free(columns);
  climb(kernels, digest, row, path, bytes);
  if (memcmp(digest, root, DIGEST) != 0)
    return refuse(APUS_BACKEND_NOT_COMMITTED, "row %zu of %zu and its path do not lead to the root", row, rows);
  return APUS_BACKEND_OK;
}
