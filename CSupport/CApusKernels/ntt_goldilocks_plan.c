// Goldilocks plans and cosets, and the calls that use them. What the tables are: ntt_goldilocks.h.
#include "ntt_goldilocks.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "level_portable.h"
#include "level64_portable.h"
#include "ntt_split.h"

#define PLAN apus_goldilocks_ntt_plan
#define COSET apus_goldilocks_ntt_coset

enum { HUGE_PAGE = 2 << 20, CACHE_LINE = 64, GENERATOR = 7 };

static uint64_t power(uint64_t base, uint64_t exponent) {
  uint64_t result = 1;
  for (; exponent; exponent >>= 1, base = gl_square(base))
    if (exponent & 1) result = gl_mul(result, base);
  return result;
}
static uint64_t inverse_of(uint64_t x) { return power(x, APUS_GOLDILOCKS_P - 2); }

/* n words; NULL without memory. */
static uint64_t *words(size_t n) {
  size_t bytes = n * sizeof(uint64_t), alignment = bytes < HUGE_PAGE ? CACHE_LINE : HUGE_PAGE;
  uint64_t *table = aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
  /* Most of a large table's time is its first touch, and huge pages take a quarter of it. Only advice: may fail. */
  if (table && bytes >= HUGE_PAGE) madvise(table, bytes, MADV_HUGEPAGE);
  return table;
}

/* out[i] = ratio^rev(i), 0 <= i < 2^log. */
static void bit_reversed_powers(uint64_t *out, uint64_t ratio, unsigned log) {
  out[0] = 1;
  /* The lowest bit multiplies by the highest power. */
  for (unsigned bit = log; bit-- > 0; ratio = gl_square(ratio)) out[(size_t)1 << bit] = ratio;
  for (unsigned bit = 1; bit < log; bit++)
    for (size_t i = 1, half = (size_t)1 << bit; i < half; i++) out[half + i] = gl_mul(out[i], out[half]);
}

/* out[i] = in[i] * row[i mod width]; n a multiple of width, both powers of two. */
static void multiply_by_row(const PLAN *plan, uint64_t *out, const uint64_t *in, size_t n, const uint64_t *row,
                            size_t width) {
  const apus_goldilocks_kernels *kernels = apus_goldilocks_kernels_for(plan->isa);
  /* Short rows are repeated, so that a call has enough to do. */
  uint64_t rows[512];
  size_t length = width;
  if (width < sizeof rows / sizeof *rows) {
    for (length = 0; length < n && length < sizeof rows / sizeof *rows; length += width)
      memcpy(rows + length, row, width * sizeof *row);
    row = rows;
  }
  for (size_t i = 0; i < n; i += length) kernels->mul(out + i, in + i, row, length);
}

/* The twist's table: first * root^(k * rev(b)) at word b * L + k. */
static uint64_t *twist_table(const PLAN *plan, uint64_t first, uint64_t root) {
  unsigned lanes_log = plan->kernels->lanes_log, levels = plan->log_rows - lanes_log;
  size_t lanes = (size_t)1 << lanes_log;
  uint64_t *table = words((size_t)1 << plan->log_rows);
  if (!table) return NULL;
  for (size_t k = 0; k < lanes; k++) table[k] = first;
  for (unsigned bit = 0; bit < levels; bit++) {
    uint64_t row[8], step = power(root, (uint64_t)1 << (levels - 1 - bit));
    row[0] = 1;
    for (size_t k = 1; k < lanes; k++) row[k] = gl_mul(row[k - 1], step);
    multiply_by_row(plan, table + (lanes << bit), table, lanes << bit, row, lanes);
  }
  return table;
}

static size_t block_of(const PLAN *plan, unsigned group) {
  return (size_t)1 << (plan->group[group].below + plan->group[group].levels);
}

/* Levels of a group's first step. */
static unsigned first_of(const PLAN *plan, unsigned group) {
  return apus_goldilocks_first_levels(plan->group[group].levels);
}

/* The factors of a group on the subgroup, for the column's generator `root`. */
static uint64_t *factors_of(const PLAN *plan, unsigned group, uint64_t root) {
  unsigned levels = plan->group[group].levels, below = plan->group[group].below;
  size_t block = block_of(plan, group), width = (size_t)1 << first_of(plan, group), part = width << below;
  uint64_t *table = words(block), row[1 << APUS_GOLDILOCKS_GROUP];
  if (!table) return NULL;
  root = power(root, ((uint64_t)1 << plan->log_rows) / block);
  for (size_t at = 0; at < block; at += part)
    for (size_t i = 0; i < width; i++) table[at + i] = 1;
  for (unsigned bit = 0; bit < below; bit++, root = gl_square(root)) {
    bit_reversed_powers(row, root, levels);
    for (size_t at = 0, t = 0; at < block; at += part, t += width)
      multiply_by_row(plan, table + at + (width << bit), table + at, width << bit, row + t, width);
  }
  return table;
}
/* The same on the coset of `shift`. */
static uint64_t *coset_factors_of(const PLAN *plan, unsigned group, const uint64_t *factors, uint64_t shift) {
  size_t block = block_of(plan, group), width = (size_t)1 << first_of(plan, group);
  size_t part = width << plan->group[group].below;
  uint64_t *table = words(block), row[1 << APUS_GOLDILOCKS_GROUP];
  if (!table) return NULL;
  bit_reversed_powers(row, power(shift, ((uint64_t)1 << (plan->log_rows - plan->kernels->lanes_log)) / block),
                      plan->group[group].levels);
  for (size_t at = 0, t = 0; at < block; at += part, t += width)
    multiply_by_row(plan, table + at, factors + at, part, row + t, width);
  return table;
}

static void free_twiddles(apus_goldilocks_twiddles *twiddles) {
  for (unsigned group = 0; group < APUS_GOLDILOCKS_GROUPS; group++) free(twiddles->factors[group]);
}
/* Whether there is memory. */
static int make_twiddles(const PLAN *plan, apus_goldilocks_twiddles *twiddles, uint64_t root) {
  for (unsigned group = 1; group < plan->groups; group++)
    if (!(twiddles->factors[group] = factors_of(plan, group, root))) return 0;
  return 1;
}
static int make_coset_twiddles(const PLAN *plan, apus_goldilocks_twiddles *coset, const apus_goldilocks_twiddles *on,
                               uint64_t shift) {
  for (unsigned group = 1; group < plan->groups; group++)
    if (!(coset->factors[group] = coset_factors_of(plan, group, on->factors[group], shift))) return 0;
  return 1;
}

static const apus_goldilocks_ntt_kernels *kernels_of(apus_isa isa, unsigned log_rows) {
  const apus_goldilocks_ntt_kernels *kernels = isa == APUS_ISA_AVX512 ? &apus_goldilocks_ntt_avx512
                                               : isa == APUS_ISA_AVX2 ? &apus_goldilocks_ntt_avx2
                                                                      : &apus_goldilocks_ntt_portable;
  return log_rows < kernels->least_log ? &apus_goldilocks_ntt_portable : kernels;
}

/* Groups of six levels, the odd one after the first: where it is, blocks are in the cache. */
static void make_groups(PLAN *plan) {
  unsigned left = plan->log_rows - plan->kernels->lanes_log, below = 0;
  while (left > 0) {
    unsigned levels = left < APUS_GOLDILOCKS_GROUP ? left : APUS_GOLDILOCKS_GROUP;
    if (plan->groups == 1 && left % APUS_GOLDILOCKS_GROUP) levels = left % APUS_GOLDILOCKS_GROUP;
    plan->group[plan->groups].levels = levels;
    plan->group[plan->groups++].below = below;
    below += levels;
    left -= levels;
  }
}

void apus_goldilocks_ntt_plan_destroy(PLAN *plan) {
  if (!plan) return;
  free(plan->twist);
  free(plan->untwist);
  free_twiddles(&plan->forward);
  free_twiddles(&plan->inverse);
  free(plan);
}

PLAN *apus_goldilocks_ntt_plan_create(unsigned log_rows, apus_isa isa) {
  if (log_rows > APUS_GOLDILOCKS_TWO_ADICITY || !apus_isa_supported(isa)) return NULL;
  PLAN *plan = malloc(sizeof *plan);
  if (!plan) return NULL;
  uint64_t n = (uint64_t)1 << log_rows;
  *plan = (PLAN){
      .log_rows = log_rows,
      .isa = isa,
      .kernels = kernels_of(isa, log_rows),
      .root = power(GENERATOR, (APUS_GOLDILOCKS_P - 1) / n),
      .divide = inverse_of(n),
  };
  make_groups(plan);
  uint64_t inverse_root = power(plan->root, n - 1);
  plan->twist = twist_table(plan, 1, plan->root);
  plan->untwist = twist_table(plan, plan->divide, inverse_root);
  if (plan->twist && plan->untwist && make_twiddles(plan, &plan->forward, plan->root) &&
      make_twiddles(plan, &plan->inverse, inverse_root))
    return plan;
  apus_goldilocks_ntt_plan_destroy(plan);
  return NULL;
}

void apus_goldilocks_ntt_coset_destroy(COSET *coset) {
  if (!coset) return;
  free_twiddles(&coset->forward);
  free_twiddles(&coset->inverse);
  free(coset->scale);
  free(coset->unscale);
  free(coset);
}

COSET *apus_goldilocks_ntt_coset_create(const PLAN *plan, uint64_t shift) {
  if (shift == 0 || shift >= APUS_GOLDILOCKS_P) return NULL;
  COSET *coset = malloc(sizeof *coset);
  if (!coset) return NULL;
  unsigned log = plan->group[0].levels + plan->kernels->lanes_log;
  *coset = (COSET){
      .shift = shift,
      .inverse_shift = inverse_of(shift),
      .scale = words((size_t)1 << log),
      .unscale = words((size_t)1 << log),
  };
  if (coset->scale && coset->unscale && make_coset_twiddles(plan, &coset->forward, &plan->forward, shift) &&
      make_coset_twiddles(plan, &coset->inverse, &plan->inverse, coset->inverse_shift)) {
    uint64_t exponent = (uint64_t)1 << (plan->log_rows - log);
    bit_reversed_powers(coset->scale, power(shift, exponent), log);
    bit_reversed_powers(coset->unscale, power(coset->inverse_shift, exponent), log);
    return coset;
  }
  apus_goldilocks_ntt_coset_destroy(coset);
  return NULL;
}

/* Columns shorter than one step, by definition: out[k] is the value at first * ratio^k of the polynomial with the
 * coefficients in[j], where `order` is their places. */
enum { TINY = 1 << 2 };
static uint64_t reversed_in(const PLAN *plan, uint64_t i) {
  return plan->log_rows ? __builtin_bitreverse64(i) >> (64 - plan->log_rows) : 0;
}
static void tiny_forward(const PLAN *plan, uint64_t shift, uint64_t *out, const uint64_t *in) {
  uint64_t n = (uint64_t)1 << plan->log_rows, values[TINY];
  for (uint64_t k = 0, x = shift; k < n; k++, x = gl_mul(x, plan->root)) {
    uint64_t sum = 0;
    for (uint64_t j = n; j-- > 0;) sum = gl_add(gl_mul(sum, x), in[reversed_in(plan, j)]);
    values[k] = sum;
  }
  memcpy(out, values, n * sizeof *out);
}
static void tiny_inverse(const PLAN *plan, uint64_t inverse_shift, uint64_t *out, const uint64_t *in) {
  uint64_t n = (uint64_t)1 << plan->log_rows, coefficients[TINY];
  uint64_t inverse_root = power(plan->root, n - 1), factor = plan->divide;
  for (uint64_t j = 0, x = 1; j < n; j++, x = gl_mul(x, inverse_root), factor = gl_mul(factor, inverse_shift)) {
    uint64_t sum = 0;
    for (uint64_t k = n; k-- > 0;) sum = gl_add(gl_mul(sum, x), in[k]);
    coefficients[reversed_in(plan, j)] = gl_mul(sum, factor);
  }
  memcpy(out, coefficients, n * sizeof *out);
}
static int is_tiny(const PLAN *plan) { return plan->log_rows < plan->kernels->least_log; }

/* Another group becomes a step while there are too few blocks before it. */
apus_ntt_split apus_goldilocks_ntt_split(const PLAN *plan, size_t columns, size_t threads) {
  size_t wanted = apus_ntt_wanted_blocks(columns, threads), most = apus_ntt_most_pieces(sizeof(uint64_t) << plan->log_rows);
  size_t blocks = 1;
  unsigned steps = 1;
  for (; blocks < wanted && blocks < most; steps++)
    blocks <<= plan->group[plan->groups - steps].levels;
  return (apus_ntt_split){steps, apus_ntt_pieces(blocks, wanted, most)};
}

void apus_goldilocks_ntt_forward_piece(const PLAN *plan, const COSET *coset, uint64_t *out, const uint64_t *in,
                                       apus_ntt_split split, unsigned step, size_t piece) {
  APUS_CHECK(step < split.steps && piece < split.pieces);
  if (is_tiny(plan))
    tiny_forward(plan, coset ? coset->shift : 1, out, in);
  else
    plan->kernels->forward(plan, coset, out, in, split, step, piece);
}

void apus_goldilocks_ntt_inverse_piece(const PLAN *plan, const COSET *coset, uint64_t *out, const uint64_t *in,
                                       apus_ntt_split split, unsigned step, size_t piece) {
  APUS_CHECK(step < split.steps && piece < split.pieces);
  if (is_tiny(plan))
    tiny_inverse(plan, coset ? coset->inverse_shift : 1, out, in);
  else
    plan->kernels->inverse(plan, coset, out, in, split, step, piece);
}

void apus_goldilocks_ntt_bit_reverse_piece(const PLAN *plan, uint64_t *words, apus_ntt_split split, size_t piece) {
  APUS_CHECK(piece < split.pieces);
  plan->kernels->bit_reverse(words, plan->log_rows, split.pieces, piece);
}

void apus_goldilocks_ntt_forward(const PLAN *plan, const COSET *coset, uint64_t *out, const uint64_t *in) {
  apus_goldilocks_ntt_forward_piece(plan, coset, out, in, APUS_NTT_WHOLE, 0, 0);
}
void apus_goldilocks_ntt_inverse(const PLAN *plan, const COSET *coset, uint64_t *out, const uint64_t *in) {
  apus_goldilocks_ntt_inverse_piece(plan, coset, out, in, APUS_NTT_WHOLE, 0, 0);
}
void apus_goldilocks_ntt_bit_reverse(const PLAN *plan, uint64_t *words) {
  apus_goldilocks_ntt_bit_reverse_piece(plan, words, APUS_NTT_WHOLE, 0);
}

#include "level_end.h"
