/* Transforms of one BabyBear column: decimation in time (bit-reversed coefficients -> values) and in frequency (back).
 *
 * The coefficients of the polynomial A lie in rows of LANES words: row b holds those of A_b, whose powers of x differ
 * from rev(b) by multiples of N / LANES, so that A = sum over b of x^rev(b) * A_b(x^(N / LANES)). Forward:
 *   within rows   row b becomes the values of A_b, lane k at (shift * g^k)^(N / LANES)
 *   twist         lane k of row b is multiplied by (shift * g^k)^rev(b)
 *   between rows  a transform of N / LANES rows, whose factors are the same for all lanes: lane k of row q is the value
 *                 at shift * g^(k + LANES * q)
 * A tile of sixteen rows is transposed in registers for the first step, and takes its first levels between rows there.
 * The inverse is the mirror image.
 *
 * Passes between rows take up to four levels within a block that fits the first-level cache, and three beyond, depth
 * first: a block is finished before the next one is begun, so each pass finds its block in the smallest cache that holds
 * it. Beyond, rows that are a power of two apart share the sets of a first-level cache of eight or twelve ways: no more
 * than eight streams.
 *
 * Between levels words are lazy, in [0, 2p): a level reduces what it reads. 2p < 2^32. */

#include "ntt_babybear.h"

typedef apus_babybear_factor FACTOR;
typedef apus_babybear_ntt_plan PLAN;
typedef apus_babybear_twist TWIST;

/* Sixteen vectors are in flight, even where there are but sixteen registers: a level of eight vectors is four
 * butterflies, which wait longer for each other than spilling takes. */
enum {
  ROW = LANES,
  PASS = APUS_BABYBEAR_PASS,
  TILE_ROWS_LOG = LANES == 1 ? 0 : 4,
  TILE_ROWS = 1 << TILE_ROWS_LOG,
  /* The log of the rows of a block of 32 KiB: it fits the first-level cache, and loops are cheaper there than calls. */
  FLAT_LOG = 13 - LANES_LOG,
};

INLINE V reduced(V x) { return v_min(x, v_sub(x, v_set1(APUS_BABYBEAR_P))); }

/* x * w for any x; lazy. */
INLINE V times(V x, const FACTOR *f) {
  V q = v_mul_high(x, v_broadcast(&f->q));
  return v_sub(v_mullo(x, v_broadcast(&f->w)), v_mullo(q, v_set1(APUS_BABYBEAR_P)));
}
/* The same with an entry of a twist. */
INLINE V times_entry(V x, const uint32_t *entry) {
  V q = v_mul_high_lanes(x, v_load(entry + LANES));
  return v_sub(v_mullo(x, v_load(entry)), v_mullo(q, v_set1(APUS_BABYBEAR_P)));
}

/* a - b for reduced words; lazy. */
INLINE V sub_lazy(V a, V b) { return v_add(v_sub(a, b), v_set1(APUS_BABYBEAR_P)); }

/* What is known of words: in [0, 2p), or in [0, p). */
enum range { LAZY, REDUCED };

#define UNROLLED _Pragma("clang loop unroll(full)")
/* The butterflies of one level of v[0 .. 2^log) at half 2^level: number k takes vectors i and i + 2^level, and is
 * number o in its block. */
#define OFFSET(level, k) ((k) & ((1 << (level)) - 1))
#define FIRST(level, k) (((k) >> (level) << ((level) + 1)) + OFFSET(level, k))

/* Which factors are known to be 1: those of number 0 in a block if the vectors are all of a block's rows. */
enum ones { NO_ONES, ONES };

/* Levels h to h * 2^(log - 1) of `groups` groups of 2^log vectors: vector i of group g is row j + g + i * h of a block.
 * Level by level over all groups, so that a level's butterflies hide each other's latency. In step 0 all groups have the
 * factors of group 0.
 * Decimation in time, (a, b) -> (a + w b, a - w b). */
INLINE void forward_levels(V *v, int log, int groups, size_t step, const FACTOR *factors, size_t h, size_t j,
                           enum ones ones, enum range in, enum range out) {
  UNROLLED for (int level = 0; level < log; level++) {
    enum range before = level == 0 ? in : LAZY, after = level == log - 1 ? out : LAZY;
    UNROLLED for (int k = 0; k < 1 << log >> 1; k++) {
      UNROLLED for (int g = 0; g < groups; g++) {
        int o = OFFSET(level, k), half = 1 << level;
        V *a = &v[(g << log) + FIRST(level, k)], *b = a + half, u = *a, t = *b;
        if (before == LAZY) u = reduced(u);
        if (ones == NO_ONES || o > 0)
          t = reduced(times(t, &factors[(size_t)(half + o) * h + j + (size_t)g * step]));
        else if (before == LAZY)
          t = reduced(t);
        *a = after == REDUCED ? bb_add(u, t) : v_add(u, t);
        *b = after == REDUCED ? bb_sub(u, t) : sub_lazy(u, t);
      }
    }
  }
}
/* Decimation in frequency, (a, b) -> (a + b, w (a - b)); lazy. */
INLINE void inverse_levels(V *v, int log, int groups, size_t step, const FACTOR *factors, size_t h, size_t j,
                           enum ones ones, enum range in) {
  UNROLLED for (int level = log - 1; level >= 0; level--) {
    enum range before = level == log - 1 ? in : LAZY;
    UNROLLED for (int k = 0; k < 1 << log >> 1; k++) {
      UNROLLED for (int g = 0; g < groups; g++) {
        int o = OFFSET(level, k), half = 1 << level;
        V *a = &v[(g << log) + FIRST(level, k)], *b = a + half;
        V u = before == LAZY ? reduced(*a) : *a, t = before == LAZY ? reduced(*b) : *b;
        *a = v_add(u, t);
        *b = sub_lazy(u, t);
        if (ones == NO_ONES || o > 0) *b = times(*b, &factors[(size_t)(half + o) * h + j + (size_t)g * step]);
      }
    }
  }
}

#define EACH_ROW(r) UNROLLED for (int r = 0; r < TILE_ROWS; r++)

/* The tile from row `row` on. */
INLINE void twist_tile(V *v, const TWIST *twist, size_t row) {
  const uint32_t *of_rows = twist->of_rows + 2 * ROW * (row & (((size_t)1 << twist->rows_log) - 1));
  EACH_ROW(r) v[r] = times_entry(v[r], of_rows + 2 * ROW * r);
  if (!twist->of_blocks) return;
  const uint32_t *of_block = twist->of_blocks + 2 * ROW * (row >> twist->rows_log);
  EACH_ROW(r) v[r] = times_entry(v[r], of_block);
}

/* LANES rows at a time. */
INLINE void transpose_tile(V *v) {
  UNROLLED for (int r = 0; r < TILE_ROWS; r += LANES) v_transpose(v + r);
}

/* `in` is reduced, `out` lazy. */
INLINE void forward_tile(uint32_t *out, const uint32_t *in, const FACTOR *between, const TWIST *twist, size_t row,
                         enum ones ones) {
  V v[TILE_ROWS];
  EACH_ROW(r) v[r] = v_load(in + r * ROW);
  transpose_tile(v);
  forward_levels(v, LANES_LOG, TILE_ROWS / LANES, 0, twist->in_rows, 1, 0, ones, REDUCED, LAZY);
  transpose_tile(v);
  twist_tile(v, twist, row);
  forward_levels(v, TILE_ROWS_LOG, 1, 0, between, 1, 0, ONES, LAZY, LAZY);
  EACH_ROW(r) v_store(out + r * ROW, v[r]);
}
/* `in` is lazy, `out` reduced. */
INLINE void inverse_tile(uint32_t *out, const uint32_t *in, const FACTOR *between, const TWIST *twist, size_t row,
                         enum ones ones) {
  V v[TILE_ROWS];
  EACH_ROW(r) v[r] = v_load(in + r * ROW);
  inverse_levels(v, TILE_ROWS_LOG, 1, 0, between, 1, 0, ONES, LAZY);
  twist_tile(v, twist, row);
  transpose_tile(v);
  inverse_levels(v, LANES_LOG, TILE_ROWS / LANES, 0, twist->in_rows, 1, 0, ones, LAZY);
  transpose_tile(v);
  EACH_ROW(r) v_store(out + r * ROW, reduced(v[r]));
}

/* `log` levels from h on, over one block of 2^log * h rows: over n of its h sets of rows that are h apart. Those start
 * at x, and with their factors: from set j on, a pass has x + j * ROW and factors + j. h is a multiple of TILE_ROWS, n of
 * GROUPS. */
#define GROUPS(log) (LANES == 1 ? 1 : 16 >> (log))
#define ROW_OF(i, log) ((j + (size_t)((i) >> (log)) + (size_t)((i) & ((1 << (log)) - 1)) * h) * ROW)
INLINE void forward_pass(uint32_t *x, size_t h, size_t n, int log, const FACTOR *factors, enum range range) {
  const int groups = GROUPS(log), count = groups << log;
  for (size_t j = 0; j < n; j += (size_t)groups) {
    V v[16];
    UNROLLED for (int i = 0; i < count; i++) v[i] = v_load(x + ROW_OF(i, log));
    forward_levels(v, log, groups, 1, factors, h, j, NO_ONES, LAZY, range);
    UNROLLED for (int i = 0; i < count; i++) v_store(x + ROW_OF(i, log), v[i]);
  }
}
INLINE void inverse_pass(uint32_t *out, const uint32_t *in, size_t h, size_t n, int log, const FACTOR *factors,
                         enum range range) {
  const int groups = GROUPS(log), count = groups << log;
  for (size_t j = 0; j < n; j += (size_t)groups) {
    V v[16];
    UNROLLED for (int i = 0; i < count; i++) v[i] = v_load(in + ROW_OF(i, log));
    inverse_levels(v, log, groups, 1, factors, h, j, NO_ONES, range);
    UNROLLED for (int i = 0; i < count; i++) v_store(out + ROW_OF(i, log), v[i]);
  }
}
#define PASS_OF(log, range) (2 * (log) + (range))
static void forward_pass_of(uint32_t *x, size_t h, size_t n, int log, const FACTOR *factors, enum range range) {
  switch (PASS_OF(log, range)) {
    case PASS_OF(1, LAZY): forward_pass(x, h, n, 1, factors, LAZY); break;
    case PASS_OF(2, LAZY): forward_pass(x, h, n, 2, factors, LAZY); break;
    case PASS_OF(3, LAZY): forward_pass(x, h, n, 3, factors, LAZY); break;
    case PASS_OF(4, LAZY): forward_pass(x, h, n, 4, factors, LAZY); break;
    case PASS_OF(1, REDUCED): forward_pass(x, h, n, 1, factors, REDUCED); break;
    case PASS_OF(2, REDUCED): forward_pass(x, h, n, 2, factors, REDUCED); break;
    case PASS_OF(3, REDUCED): forward_pass(x, h, n, 3, factors, REDUCED); break;
    case PASS_OF(4, REDUCED): forward_pass(x, h, n, 4, factors, REDUCED); break;
  }
}
static void inverse_pass_of(uint32_t *out, const uint32_t *in, size_t h, size_t n, int log, const FACTOR *factors,
                            enum range range) {
  switch (PASS_OF(log, range)) {
    case PASS_OF(1, LAZY): inverse_pass(out, in, h, n, 1, factors, LAZY); break;
    case PASS_OF(2, LAZY): inverse_pass(out, in, h, n, 2, factors, LAZY); break;
    case PASS_OF(3, LAZY): inverse_pass(out, in, h, n, 3, factors, LAZY); break;
    case PASS_OF(4, LAZY): inverse_pass(out, in, h, n, 4, factors, LAZY); break;
    case PASS_OF(1, REDUCED): inverse_pass(out, in, h, n, 1, factors, REDUCED); break;
    case PASS_OF(2, REDUCED): inverse_pass(out, in, h, n, 2, factors, REDUCED); break;
    case PASS_OF(3, REDUCED): inverse_pass(out, in, h, n, 3, factors, REDUCED); break;
    case PASS_OF(4, REDUCED): inverse_pass(out, in, h, n, 4, factors, REDUCED); break;
  }
}

/* How many of `left` levels the next pass takes: three, or all where they are one, two or four. */
INLINE int levels_of_pass(unsigned left) { return left == 1 || left == 2 || left == 4 ? (int)left : 3; }

/* `rows` rows, tile by tile, of which the first is number `first` of the column. */
static void forward_tiles(uint32_t *out, const uint32_t *in, const FACTOR *between, const TWIST *twist, size_t first,
                          size_t rows, enum ones ones) {
  for (size_t r = 0; r < rows; r += TILE_ROWS) {
    if (ones == ONES)
      forward_tile(out + r * ROW, in + r * ROW, between, twist, first + r, ONES);
    else
      forward_tile(out + r * ROW, in + r * ROW, between, twist, first + r, NO_ONES);
  }
}
static void inverse_tiles(uint32_t *out, const uint32_t *in, const FACTOR *between, const TWIST *twist, size_t first,
                          size_t rows, enum ones ones) {
  for (size_t r = 0; r < rows; r += TILE_ROWS) {
    if (ones == ONES)
      inverse_tile(out + r * ROW, in + r * ROW, between, twist, first + r, ONES);
    else
      inverse_tile(out + r * ROW, in + r * ROW, between, twist, first + r, NO_ONES);
  }
}

/* The block of 2^log rows that starts with row `first`. */
static void forward_block(uint32_t *out, const uint32_t *in, const FACTOR *between, const TWIST *twist, size_t first,
                          unsigned log, enum ones ones, enum range range) {
  if (log > FLAT_LOG) {
    size_t h = (size_t)1 << (log - PASS);
    for (size_t i = 0; i < 1 << PASS; i++)
      forward_block(out + i * h * ROW, in + i * h * ROW, between, twist, first + i * h, log - PASS, ones, LAZY);
    forward_pass_of(out, h, h, PASS, between, range);
    return;
  }
  size_t rows = (size_t)1 << log, h = TILE_ROWS;
  forward_tiles(out, in, between, twist, first, rows, ones);
  for (unsigned left = log - TILE_ROWS_LOG; left > 0;) {
    int levels = levels_of_pass(left);
    left -= (unsigned)levels;
    for (size_t i = 0; i < rows; i += h << levels)
      forward_pass_of(out + i * ROW, h, h, levels, between, left ? LAZY : range);
    h <<= levels;
  }
}
static void inverse_block(uint32_t *out, const uint32_t *in, const FACTOR *between, const TWIST *twist, size_t first,
                          unsigned log, enum ones ones, enum range range) {
  if (log > FLAT_LOG) {
    size_t h = (size_t)1 << (log - PASS);
    inverse_pass_of(out, in, h, h, PASS, between, range);
    for (size_t i = 0; i < 1 << PASS; i++)
      inverse_block(out + i * h * ROW, out + i * h * ROW, between, twist, first + i * h, log - PASS, ones, LAZY);
    return;
  }
  size_t rows = (size_t)1 << log, h = rows;
  for (unsigned left = log - TILE_ROWS_LOG; left > 0;) {
    int levels = levels_of_pass(left);
    left -= (unsigned)levels;
    h >>= levels;
    for (size_t i = 0; i < rows; i += h << levels)
      inverse_pass_of(out + i * ROW, in + i * ROW, h, h, levels, between, range);
    in = out;
    range = LAZY;
  }
  inverse_tiles(out, in, between, twist, first, rows, ones);
}

/* --- A piece of a step, of the steps that ntt_babybear.h describes --- */

/* A pass over all blocks of 2^PASS * h rows, each of which has h sets: over n sets from number `first` on, counted through
 * the blocks. They are part of one block, or whole blocks. */
static void forward_sets(uint32_t *x, size_t h, size_t first, size_t n, const FACTOR *between, enum range range) {
  size_t of_block = n < h ? n : h;
  for (size_t set = first; set < first + n; set += of_block) {
    size_t j = set & (h - 1), row = ((set - j) << PASS) + j;
    forward_pass_of(x + row * ROW, h, of_block, PASS, between + j, range);
  }
}
static void inverse_sets(uint32_t *out, const uint32_t *in, size_t h, size_t first, size_t n, const FACTOR *between,
                         enum range range) {
  size_t of_block = n < h ? n : h;
  for (size_t set = first; set < first + n; set += of_block) {
    size_t j = set & (h - 1), row = ((set - j) << PASS) + j;
    inverse_pass_of(out + row * ROW, in + row * ROW, h, of_block, PASS, between + j, range);
  }
}

static void LEVELED(forward)(const PLAN *plan, const apus_babybear_ntt_coset *coset, uint32_t *out, const uint32_t *in,
                             apus_ntt_split split, unsigned step, size_t piece) {
  const TWIST *twist = coset ? &coset->forward : &plan->subgroup->forward;
  unsigned log = plan->log_rows - LANES_LOG, passes = split.steps - 1, block_log = log - PASS * passes;
  size_t block = (size_t)1 << block_log, rows = ((size_t)1 << log) / split.pieces, first = piece * rows;
  enum range range = step == passes ? REDUCED : LAZY;
  if (step > 0) {
    size_t h = block << PASS * (step - 1);
    forward_sets(out, h, first >> PASS, rows >> PASS, plan->forward_between_rows, range);
    return;
  }
  APUS_CHECK_BELOW(in + first * ROW, APUS_BABYBEAR_P, rows * ROW);
  for (size_t row = first; row < first + rows; row += block)
    forward_block(out + row * ROW, in + row * ROW, plan->forward_between_rows, twist, row, block_log,
                  coset ? NO_ONES : ONES, range);
  /* No pass has reduced these. */
  if (log == TILE_ROWS_LOG)
    EACH_ROW(r) v_store(out + r * ROW, reduced(v_load(out + r * ROW)));
}

static void LEVELED(inverse)(const PLAN *plan, const apus_babybear_ntt_coset *coset, uint32_t *out, const uint32_t *in,
                             apus_ntt_split split, unsigned step, size_t piece) {
  const TWIST *twist = coset ? &coset->inverse : &plan->subgroup->inverse;
  unsigned log = plan->log_rows - LANES_LOG, passes = split.steps - 1, block_log = log - PASS * passes;
  size_t block = (size_t)1 << block_log, rows = ((size_t)1 << log) / split.pieces, first = piece * rows;
  enum range range = step == 0 ? REDUCED : LAZY;
  if (step > 0) in = out;
  if (step < passes) {
    size_t h = block << PASS * (passes - 1 - step);
    inverse_sets(out, in, h, first >> PASS, rows >> PASS, plan->inverse_between_rows, range);
    return;
  }
  for (size_t row = first; row < first + rows; row += block)
    inverse_block(out + row * ROW, in + row * ROW, plan->inverse_between_rows, twist, row, block_log,
                  coset ? NO_ONES : ONES, range);
}

#include "ntt_babybear_twist.body.h"

#define WORD uint32_t
#define FV V
#define F_LANES LANES
#define F_LANES_LOG LANES_LOG
#define f_load v_load
#define f_store v_store
#define f_transpose v_transpose
#include "bit_reverse.body.h"

const apus_babybear_ntt_kernels LEVELED(apus_babybear_ntt) = {
    .lanes_log = LANES_LOG,
    .tile_rows_log = TILE_ROWS_LOG,
    .fill_twist = LEVELED(fill_twist),
    .forward = LEVELED(forward),
    .inverse = LEVELED(inverse),
    .bit_reverse = LEVELED(bit_reverse),
};
