/* The checks of one field; poseidon2_harness.c includes them for each, and defines
 *
 *   FIELD               babybear or goldilocks, which names the kernels and <field>_integer
 *   WORD, P             its word, its modulus
 *   FIRST, SECOND       its widths: sponges of both, pairs of the first
 *   DIGEST, HASHES      words of a digest, the type of its tables that write digests as bytes */

static WORD *NAMED(column)(size_t n) {
  WORD *column = malloc(n * sizeof(WORD));
  for (size_t i = 0; i < n; i++) {
    uint64_t draw = random64();
    column[i] = (WORD)(draw % 4 ? draw % P : draw % 8 ? P - 1 : draw / 8 % 2);
  }
  return column;
}

/* What the others are compared with: one state, portable. */
static void NAMED(permute1)(WORD *state, unsigned width) {
  (width == FIRST ? KERNELS_FOR(FIRST) : KERNELS_FOR(SECOND))(APUS_ISA_PORTABLE)->permute_one(state);
}

static void NAMED(one)(const KERNELS *k, apus_isa isa, size_t n) {
  WORD *state = NAMED(column)(k->width), *again = malloc(k->width * sizeof(WORD)), expected[24];
  for (size_t i = 0; i < n; i++) {
    memcpy(expected, state, k->width * sizeof(WORD));
    memcpy(again, state, k->width * sizeof(WORD));
    NAMED(permute1)(expected, k->width);
    k->permute_one(state);
    if (k->width == FIRST)
      ONE_STATE(FIRST)(again);
    else
      ONE_STATE(SECOND)(again);
    if (memcmp(state, expected, k->width * sizeof(WORD)) || memcmp(again, expected, k->width * sizeof(WORD)))
      fail("one state", isa, k->width, n);
    WORD *fresh = NAMED(column)(k->width); /* edge values among random ones, or all of them P - 1 */
    for (unsigned c = 0; c < k->width; c++)
      if (i % 3) state[c] = i % 3 == 1 ? fresh[c] : P - 1 - fresh[c] % 3;
    free(fresh);
  }
  free(state), free(again);
}

static void NAMED(permute)(const KERNELS *k, apus_isa isa, size_t n) {
  WORD *columns[24], *before[24], state[24];
  for (unsigned c = 0; c < k->width; c++) {
    columns[c] = NAMED(column)(n);
    before[c] = malloc(n * sizeof(WORD));
    if (n) memcpy(before[c], columns[c], n * sizeof(WORD));
  }
  size_t begin = n / 3;
  k->permute(columns, begin, n);
  for (size_t i = 0; i < n; i++) {
    for (unsigned c = 0; c < k->width; c++) state[c] = before[c][i];
    if (i >= begin) NAMED(permute1)(state, k->width);
    for (unsigned c = 0; c < k->width; c++)
      if (columns[c][i] != state[c]) fail("permutation", isa, k->width, n);
  }
  for (unsigned c = 0; c < k->width; c++) free(columns[c]), free(before[c]);
}

static void NAMED(rows)(const KERNELS *k, const HASHES *h, apus_isa isa, size_t count, size_t n) {
  WORD **columns = malloc(count * sizeof(WORD *)), *out[DIGEST];
  for (size_t c = 0; c < count; c++) columns[c] = NAMED(column)(n);
  for (unsigned c = 0; c < DIGEST; c++) out[c] = malloc(n * sizeof(WORD));
  size_t begin = n / 3;
  uint8_t *digests = malloc(32 * (n - begin));
  k->hash_rows(out, (const WORD *const *)columns, count, begin, n);
  h->rows(digests, (const WORD *const *)columns, count, begin, n);
  for (size_t i = begin; i < n; i++) {
    WORD state[24] = {0}, digest[DIGEST];
    for (size_t c = 0; c < count; c++) {
      state[c % k->rate] = columns[c][i];
      if (c % k->rate == k->rate - 1 || c == count - 1) NAMED(permute1)(state, k->width);
    }
    memcpy(digest, digests + 32 * (i - begin), 32);
    for (unsigned c = 0; c < DIGEST; c++)
      if (out[c][i] != state[c] || digest[c] != NAMED(integer)(state[c])) fail("sponge", isa, k->width, n);
  }
  for (size_t c = 0; c < count; c++) free(columns[c]);
  for (unsigned c = 0; c < DIGEST; c++) free(out[c]);
  free(columns), free(digests);
}

static void NAMED(pairs)(const KERNELS *k, const HASHES *h, apus_isa isa, size_t n) {
  WORD *sides[2 * DIGEST], *out[DIGEST];
  for (unsigned c = 0; c < 2 * DIGEST; c++) sides[c] = NAMED(column)(n);
  for (unsigned c = 0; c < DIGEST; c++) out[c] = malloc(n * sizeof(WORD));
  uint8_t *bytes = malloc(64 * n + 1);
  for (size_t i = 0; i < n; i++)
    for (unsigned c = 0; c < 2 * DIGEST; c++) {
      WORD integer = (WORD)NAMED(integer)(sides[c][i]);
      if (i % 2 && integer <= (WORD)~P) integer += P; /* counts modulo p */
      memcpy(bytes + 1 + 64 * i + c * sizeof(WORD), &integer, sizeof integer);
    }
  k->compress(out, (const WORD *const *)sides, (const WORD *const *)(sides + DIGEST), 0, n);
  h->pairs(bytes + 1, bytes + 1, n); /* one byte off every alignment, and in place */
  for (size_t i = 0; i < n; i++) {
    WORD state[2 * DIGEST], digest[DIGEST];
    for (unsigned c = 0; c < 2 * DIGEST; c++) state[c] = sides[c][i];
    NAMED(permute1)(state, FIRST);
    memcpy(digest, bytes + 1 + 32 * i, 32);
    for (unsigned c = 0; c < DIGEST; c++)
      if (out[c][i] != state[c] || digest[c] != NAMED(integer)(state[c])) fail("compression", isa, FIRST, n);
  }
  for (unsigned c = 0; c < 2 * DIGEST; c++) free(sides[c]);
  for (unsigned c = 0; c < DIGEST; c++) free(out[c]);
  free(bytes);
}

static void NAMED(all)(apus_isa isa) {
  const KERNELS *first = KERNELS_FOR(FIRST)(isa);
  const KERNELS *second = KERNELS_FOR(SECOND)(isa);
  const HASHES *narrow = HASHES_FOR(isa);
  const HASHES *wide = WIDE_HASHES_FOR(isa);
  NAMED(one)(first, isa, 2000);
  NAMED(one)(second, isa, 2000);
  for (size_t n = 0; n < 40; n++) {
    NAMED(permute)(first, isa, n);
    NAMED(permute)(second, isa, n);
    NAMED(pairs)(first, narrow, isa, n);
    NAMED(pairs)(first, wide, isa, n);
    NAMED(rows)(first, narrow, isa, n, 20);
    NAMED(rows)(second, wide, isa, n, 20);
    NAMED(rows)(second, wide, isa, 19, n);
  }
}

#undef FIELD
#undef WORD
#undef P
#undef FIRST
#undef SECOND
#undef DIGEST
#undef HASHES
