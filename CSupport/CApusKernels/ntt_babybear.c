// BabyBear's plans and cosets, and the calls that use them.
#include "ntt_babybear.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "babybear_scalar.h"
#include "checks.h"
#include "include/apus_babybear.h"
#include "ntt_split.h"

/* A generator of the multiplicative group, 31, and 1 / 2 in Montgomery form. */
enum { GENERATOR = 0x0fffffbe, HALF = 0x07ffffff };

static uint32_t power(uint32_t base, uint64_t exponent) {
  uint32_t result = BABYBEAR_ONE;
  for (; exponent; exponent >>= 1, base = babybear_mul1(base, base))
    if (exponent & 1) result = babybear_mul1(result, base);
  return result;
}
static uint32_t inverse_of(uint32_t x) { return power(x, APUS_BABYBEAR_P - 2); }
static uint32_t root_of(unsigned log_rows) { return power(GENERATOR, (APUS_BABYBEAR_P - 1) >> log_rows); }

static apus_babybear_factor factor(uint32_t w) {
  return (apus_babybear_factor){w, babybear_mul1(w, BABYBEAR_R2) * (uint32_t)BABYBEAR_MINUS_INVERSE_P};
}

/* Columns of up to so many rows have an entry for each. Longer ones take two products instead: as fast where the table
 * would leave the first-level caches, and a coset's factors are made in a fraction of a transform's time. */
enum { ENTRY_EACH_LOG = 10 };

enum { LINE = 64, HUGE_PAGE = 2 << 20 };

static void *allocate(size_t bytes) {
  size_t alignment = bytes < HUGE_PAGE ? LINE : HUGE_PAGE;
  void *memory = aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
  /* Most of a large table's time is its first touch, and huge pages take a quarter of it. Only advice: may fail. */
  if (memory && bytes >= HUGE_PAGE) madvise(memory, bytes, MADV_HUGEPAGE);
  return memory;
}

/* The entries h + j, for h = 1, 2, ..., n / 2: root^(j * n / (2 h)). NULL without memory. */
static apus_babybear_factor *factors_between_rows(uint32_t root, size_t n) {
  apus_babybear_factor *table = allocate(n * sizeof *table);
  if (!table) return NULL;
  size_t top = n / 2;
  if (top) table[top] = factor(1);
  /* By doubling: no chain of dependent products. */
  for (size_t done = 1; done < top; done *= 2, root = babybear_mul1(root, root))
    for (size_t j = 0; j < done; j++) table[top + done + j] = factor(babybear_mul1(table[top + j].w, root));
  for (size_t h = top / 2; h > 0; h /= 2)
    for (size_t j = 0; j < h; j++) table[h + j] = table[2 * (h + j)];
  return table;
}

static int allocate_twist(apus_babybear_twist *twist, const apus_babybear_ntt_plan *plan) {
  unsigned lanes_log = plan->kernels->lanes_log;
  size_t lanes = (size_t)1 << lanes_log, entry = 2 * lanes * sizeof(uint32_t);
  unsigned all = plan->log_rows - lanes_log;
  twist->rows_log = all <= ENTRY_EACH_LOG ? all : plan->kernels->tile_rows_log;
  twist->in_rows = allocate(lanes * sizeof *twist->in_rows);
  twist->of_rows = allocate(entry << twist->rows_log);
  if (twist->rows_log < all) twist->of_blocks = allocate(entry << (all - twist->rows_log));
  return twist->in_rows && twist->of_rows && (twist->of_blocks || twist->rows_log == all);
}
static void free_twist(apus_babybear_twist *twist) {
  free(twist->in_rows);
  free(twist->of_rows);
  free(twist->of_blocks);
}

void apus_babybear_ntt_coset_destroy(apus_babybear_ntt_coset *coset) {
  if (!coset) return;
  free_twist(&coset->forward);
  free_twist(&coset->inverse);
  free(coset);
}

apus_babybear_ntt_coset *apus_babybear_ntt_coset_create(const apus_babybear_ntt_plan *plan, uint32_t shift) {
  APUS_CHECK(shift != 0 && shift < APUS_BABYBEAR_P);
  apus_babybear_ntt_coset *coset = calloc(1, sizeof *coset);
  if (!coset) return NULL;
  if (!allocate_twist(&coset->forward, plan) || !allocate_twist(&coset->inverse, plan)) {
    apus_babybear_ntt_coset_destroy(coset);
    return NULL;
  }
  unsigned log_rows = plan->log_rows;
  uint32_t g = root_of(log_rows), share = babybear_mul1(power(HALF, log_rows), 1);
  plan->kernels->fill_twist(&coset->forward, log_rows, g, shift, 1);
  plan->kernels->fill_twist(&coset->inverse, log_rows, inverse_of(g), inverse_of(shift), share);
  return coset;
}

/* The set's kernels; the portable ones where a column is less than a tile. */
static const apus_babybear_ntt_kernels *kernels_for(unsigned log_rows, apus_isa isa) {
  const apus_babybear_ntt_kernels *kernels = isa == APUS_ISA_AVX512 ? &apus_babybear_ntt_avx512
                                             : isa == APUS_ISA_AVX2 ? &apus_babybear_ntt_avx2
                                                                    : &apus_babybear_ntt_portable;
  return log_rows < kernels->lanes_log + kernels->tile_rows_log ? &apus_babybear_ntt_portable : kernels;
}

void apus_babybear_ntt_plan_destroy(apus_babybear_ntt_plan *plan) {
  if (!plan) return;
  free(plan->forward_between_rows);
  free(plan->inverse_between_rows);
  apus_babybear_ntt_coset_destroy(plan->subgroup);
  free(plan);
}

apus_babybear_ntt_plan *apus_babybear_ntt_plan_create(unsigned log_rows, apus_isa isa) {
  if (log_rows > APUS_BABYBEAR_TWO_ADICITY || !apus_isa_supported(isa)) return NULL;
  apus_babybear_ntt_plan *plan = calloc(1, sizeof *plan);
  if (!plan) return NULL;
  const apus_babybear_ntt_kernels *kernels = kernels_for(log_rows, isa);
  uint32_t g = root_of(log_rows), v = power(g, (uint64_t)1 << kernels->lanes_log);
  size_t rows = (size_t)1 << (log_rows - kernels->lanes_log);
  *plan = (apus_babybear_ntt_plan){
      .log_rows = log_rows,
      .kernels = kernels,
      .forward_between_rows = factors_between_rows(v, rows),
      .inverse_between_rows = factors_between_rows(inverse_of(v), rows),
  };
  plan->subgroup = apus_babybear_ntt_coset_create(plan, BABYBEAR_ONE);
  if (plan->forward_between_rows && plan->inverse_between_rows && plan->subgroup) return plan;
  apus_babybear_ntt_plan_destroy(plan);
  return NULL;
}

/* Another pass becomes a step while there are too few blocks before it. */
apus_ntt_split apus_babybear_ntt_split(const apus_babybear_ntt_plan *plan, size_t columns, size_t threads) {
  size_t wanted = apus_ntt_wanted_blocks(columns, threads), most = apus_ntt_most_pieces(sizeof(uint32_t) << plan->log_rows);
  size_t blocks = 1;
  unsigned steps = 1;
  for (; blocks < wanted && blocks < most; steps++) blocks <<= APUS_BABYBEAR_PASS;
  return (apus_ntt_split){steps, apus_ntt_pieces(blocks, wanted, most)};
}

void apus_babybear_ntt_forward_piece(const apus_babybear_ntt_plan *plan, const apus_babybear_ntt_coset *coset,
                                     uint32_t *out, const uint32_t *in, apus_ntt_split split, unsigned step,
                                     size_t piece) {
  APUS_CHECK(step < split.steps && piece < split.pieces);
  plan->kernels->forward(plan, coset, out, in, split, step, piece);
}

void apus_babybear_ntt_inverse_piece(const apus_babybear_ntt_plan *plan, const apus_babybear_ntt_coset *coset,
                                     uint32_t *out, const uint32_t *in, apus_ntt_split split, unsigned step,
                                     size_t piece) {
  APUS_CHECK(step < split.steps && piece < split.pieces);
  plan->kernels->inverse(plan, coset, out, in, split, step, piece);
}

void apus_babybear_ntt_bit_reverse_piece(const apus_babybear_ntt_plan *plan, uint32_t *words, apus_ntt_split split,
                                         size_t piece) {
  APUS_CHECK(piece < split.pieces);
  plan->kernels->bit_reverse(words, plan->log_rows, split.pieces, piece);
}

void apus_babybear_ntt_forward(const apus_babybear_ntt_plan *plan, const apus_babybear_ntt_coset *coset, uint32_t *out,
                               const uint32_t *in) {
  apus_babybear_ntt_forward_piece(plan, coset, out, in, APUS_NTT_WHOLE, 0, 0);
}
void apus_babybear_ntt_inverse(const apus_babybear_ntt_plan *plan, const apus_babybear_ntt_coset *coset, uint32_t *out,
                               const uint32_t *in) {
  apus_babybear_ntt_inverse_piece(plan, coset, out, in, APUS_NTT_WHOLE, 0, 0);
}
void apus_babybear_ntt_bit_reverse(const apus_babybear_ntt_plan *plan, uint32_t *words) {
  apus_babybear_ntt_bit_reverse_piece(plan, words, APUS_NTT_WHOLE, 0);
}
