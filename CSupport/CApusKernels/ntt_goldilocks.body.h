/* Goldilocks transforms, in the way ntt_goldilocks.h describes. Compiled for each level.
 *
 * "Lazy" words are any 64-bit words, reduced ones in [0, p). A sum or difference may be lazy on the left if the right
 * side is in [0, p]: then one carry is all it can have. So a butterfly reduces b, products and shifts come out reduced,
 * and a carries on as it is. Forward, words are lazy between passes; inverse, where b is a word just loaded, they are
 * in [0, p]. */
#include "ntt_goldilocks.h"

#define PLAN apus_goldilocks_ntt_plan
#define COSET apus_goldilocks_ntt_coset

enum {
  GROUP = APUS_GOLDILOCKS_GROUP,
  /* Transforms in registers take this many levels of vectors at a time, at most. */
  STEP = APUS_GOLDILOCKS_STEP,
  /* This many transforms of a step side by side; without vectors there are too few registers. */
  SIDES = LANES64 > 1 ? 2 : 1,
  AT_ONCE = SIDES << STEP,
  /* 7^((p - 1) / 64) = 2^39; 2 has order 192. */
  ROOT_64_LOG = 39,
  FORWARD = 1,
  INVERSE = -1,
};

/* The power of two that is the generator of order 2^log to the power of k. */
INLINE unsigned root_log(int direction, unsigned log, unsigned k) {
  unsigned e = ROOT_64_LOG * (k << (GROUP - log)) % 192;
  return direction == FORWARD ? e : (192 - e) % 192;
}

/* 2^e * x, or its negative where the second function says so, which is cheaper; e constant and below 192. x lazy;
 * reduced. */
INLINE W times_power_or_negative(W x, unsigned e) {
  e %= 96;
  if (e == 0) return gl_reduce(x);
  if (e <= 32) return gl_reduce_96(w_shr(x, 64 - e), w_shl(x, e));
  if (e < 64) return gl_reduce_128(w_shr(x, 64 - e), w_shl(x, e), w_shr(x, 96 - e));
  /* 2^e = -2^-m, and what a shift by m loses at the bottom is a multiple of 2^-32 = -epsilon. */
  unsigned m = 96 - e;
  return gl_sub(w_shr(x, m), w_mul_low(w_shl(x, 32 - m), w_set1(APUS_GOLDILOCKS_EPSILON)));
}
INLINE int is_negative(unsigned e) { return (e >= 96) != (e % 96 >= 64); }
/* 2^e * x itself; in [0, p]. */
INLINE W times_power(W x, unsigned e) {
  W result = times_power_or_negative(x, e);
  return is_negative(e) ? w_sub(w_set1(APUS_GOLDILOCKS_P), result) : result;
}

/* `count` transforms of 2^log vectors: in bit-reversed order, the odd ones in [0, p]; out in natural order, lazy. Each
 * level takes (a, b) to (a + 2^e b, a - 2^e b): all shifts, then all sums, as both wait long for their carries. */
INLINE void small_transforms(W *v, unsigned log, unsigned count, int direction) {
  W t[AT_ONCE / 2];
  UNROLLED for (unsigned level = 0; level < log; level++) {
    unsigned h = 1u << level;
    UNROLLED for (unsigned k = 0; k < count << (log - 1); k++) {
      unsigned j = k & (h - 1), i = (k - j) * 2 + j;
      t[k] = level == 0 ? v[i + h] : times_power_or_negative(v[i + h], root_log(direction, level + 1, j));
    }
    UNROLLED for (unsigned k = 0; k < count << (log - 1); k++) {
      unsigned j = k & (h - 1), i = (k - j) * 2 + j;
      W plus = gl_add_lazy(v[i], t[k]), minus = gl_sub(v[i], t[k]);
      int negative = is_negative(root_log(direction, level + 1, j));
      v[i] = negative ? minus : plus;
      v[i + h] = negative ? plus : minus;
    }
  }
}

#define WORD uint64_t
#define FV W
#define F_LANES LANES64
#define F_LANES_LOG LANES64_LOG
#define f_load w_load
#define f_store w_store
#define f_transpose w_transpose
#include "bit_reverse.body.h"

/* `count` runs of 2^log vectors, each into bit-reversed order. */
INLINE void load_reversed(W *v, const W *from, unsigned log, unsigned count) {
  UNROLLED for (unsigned i = 0; i < count << log; i++) {
    unsigned at = i & ((1u << log) - 1);
    v[i - at + (unsigned)reversed(at, log)] = from[i];
  }
}
INLINE void reverse_each(W *v, unsigned log, unsigned count) {
  W u[AT_ONCE];
  load_reversed(u, v, log, count);
  UNROLLED for (unsigned i = 0; i < count << log; i++) v[i] = u[i];
}

/* Vector c of a first step's sub-transform number q, times the root of order 2^(first + second) to the power of
 * c * rev(q). In [0, p]. */
INLINE W between_steps(W x, unsigned first, unsigned second, unsigned c, unsigned q, int direction) {
  return times_power(x, root_log(direction, first + second, c * (unsigned)reversed(q, second)));
}

/* v[i] times the vector at factors + i * LANES64. */
INLINE void mul_vectors(W *v, const uint64_t *factors, unsigned n) {
  W b[AT_ONCE], bh[AT_ONCE];
  UNROLLED for (unsigned i = 0; i < n; i++) {
    b[i] = w_load(factors + i * LANES64);
    bh[i] = w_high(b[i]);
  }
  gl_mul_each(v, NULL, b, bh, (int)n);
}

/* Vectors of transforms side by side: number i is of sub-block i mod 2^levels, vector i / 2^levels. */
#define SIDES_OF(levels) (AT_ONCE >> (levels))
#define PLACE(i, levels, stride) (((i) & ((1u << (levels)) - 1)) * (stride) + ((i) >> (levels)) * LANES64)

/* Times their factors. `all`: whether the first of the sub-blocks has factors other than one. */
INLINE void mul_factors(W *v, const uint64_t *factors, unsigned levels, int all) {
  W u[AT_ONCE], b[AT_ONCE], bh[AT_ONCE];
  unsigned n = 0, m = 0;
  UNROLLED for (unsigned i = 0; i < AT_ONCE; i++)
    if (all || i % (1u << levels)) u[n] = v[i], b[n] = w_spread(factors + i), bh[n++] = w_spread_high(factors + i);
  gl_mul_each(u, NULL, b, bh, (int)n);
  UNROLLED for (unsigned i = 0; i < AT_ONCE; i++)
    if (all || i % (1u << levels)) v[i] = u[m++];
}
/* The first step of a group above the first, or all of a short one: products, and transforms across 2^levels sub-blocks
 * of h vectors. Here and below, over n vectors of each sub-block, from the first's at x or out and in on; n is a multiple
 * of SIDES_OF. */
INLINE void forward_products(uint64_t *x, size_t h, size_t n, const uint64_t *factors, unsigned levels, int all,
                             int last) {
  size_t stride = h * LANES64;
  for (size_t j = 0; j < n; j += SIDES_OF(levels), x += SIDES_OF(levels) * LANES64, factors += AT_ONCE) {
    W v[AT_ONCE];
    UNROLLED for (unsigned i = 0; i < AT_ONCE; i++) v[i] = w_load(x + PLACE(i, levels, stride));
    mul_factors(v, factors, levels, all);
    small_transforms(v, levels, SIDES_OF(levels), FORWARD);
    UNROLLED for (unsigned i = 0; i < AT_ONCE; i++)
      w_store(x + PLACE(i, levels, stride), last ? gl_reduce(v[i]) : v[i]);
  }
}
INLINE void inverse_products(uint64_t *out, const uint64_t *in, size_t h, size_t n, const uint64_t *factors,
                             unsigned levels, int all) {
  size_t stride = h * LANES64;
  for (size_t j = 0; j < n; j += SIDES_OF(levels), factors += AT_ONCE) {
    W v[AT_ONCE];
    UNROLLED for (unsigned i = 0; i < AT_ONCE; i++) v[i] = w_load(in + j * LANES64 + PLACE(i, levels, stride));
    reverse_each(v, levels, SIDES_OF(levels));
    small_transforms(v, levels, SIDES_OF(levels), INVERSE);
    reverse_each(v, levels, SIDES_OF(levels));
    mul_factors(v, factors, levels, all);
    UNROLLED for (unsigned i = 0; i < AT_ONCE; i++)
      w_store(out + j * LANES64 + PLACE(i, levels, stride), all || i % (1u << levels) ? v[i] : gl_reduce(v[i]));
  }
}

/* The second step: transform c takes the results number c of all those of the first. Few streams run at once, which
 * matters where they are a power of two apart and so compete for places in a cache. */
INLINE void forward_shifts(uint64_t *x, size_t h, size_t n, unsigned first, unsigned second, int last) {
  size_t stride = h * LANES64;
  UNROLLED for (unsigned c = 0; c < 1u << first; c++) {
    _Pragma("clang loop unroll(disable)") for (size_t j = 0; j < n; j += SIDES_OF(second)) {
      uint64_t *at = x + c * stride + j * LANES64;
      W v[AT_ONCE];
      UNROLLED for (unsigned i = 0; i < AT_ONCE; i++)
        v[i] = between_steps(w_load(at + PLACE(i, second, stride << first)), first, second, c,
                             i & ((1u << second) - 1), FORWARD);
      small_transforms(v, second, SIDES_OF(second), FORWARD);
      UNROLLED for (unsigned i = 0; i < AT_ONCE; i++)
        w_store(at + PLACE(i, second, stride << first), last ? gl_reduce(v[i]) : v[i]);
    }
  }
}
INLINE void inverse_shifts(uint64_t *out, const uint64_t *in, size_t h, size_t n, unsigned first, unsigned second) {
  size_t stride = h * LANES64;
  UNROLLED for (unsigned c = 0; c < 1u << first; c++) {
    _Pragma("clang loop unroll(disable)") for (size_t j = 0; j < n; j += SIDES_OF(second)) {
      size_t at = c * stride + j * LANES64;
      W v[AT_ONCE];
      UNROLLED for (unsigned i = 0; i < AT_ONCE; i++) v[i] = w_load(in + at + PLACE(i, second, stride << first));
      reverse_each(v, second, SIDES_OF(second));
      small_transforms(v, second, SIDES_OF(second), INVERSE);
      reverse_each(v, second, SIDES_OF(second));
      UNROLLED for (unsigned i = 0; i < AT_ONCE; i++)
        w_store(out + at + PLACE(i, second, stride << first),
                between_steps(v[i], first, second, c, i & ((1u << second) - 1), INVERSE));
    }
  }
}

/* A group above the first in two steps. */
INLINE void forward_group_of(uint64_t *x, size_t h, size_t n, const uint64_t *factors, unsigned first, unsigned second,
                             int last) {
  for (unsigned q = 0; q < 1u << second; q++)
    forward_products(x + q * (h << first) * LANES64, h, n, factors + q * (h << first), first, 1, 0);
  forward_shifts(x, h, n, first, second, last);
}
INLINE void inverse_group_of(uint64_t *out, const uint64_t *in, size_t h, size_t n, const uint64_t *factors,
                             unsigned first, unsigned second) {
  inverse_shifts(out, in, h, n, first, second);
  for (unsigned q = 0; q < 1u << second; q++) {
    uint64_t *x = out + q * (h << first) * LANES64;
    inverse_products(x, x, h, n, factors + q * (h << first), first, 1);
  }
}

/* The transforms within the lanes of `n` blocks, in registers transposed. Words reduced in, lazy out. */
INLINE void forward_lanes(W *v, unsigned n) {
  UNROLLED for (unsigned t = 0; t < n; t += LANES64) w_transpose(v + t);
  small_transforms(v, LANES64_LOG, n / LANES64, FORWARD);
  UNROLLED for (unsigned t = 0; t < n; t += LANES64) w_transpose(v + t);
}
INLINE void inverse_lanes(W *v, unsigned n) {
  UNROLLED for (unsigned t = 0; t < n; t += LANES64) w_transpose(v + t);
  reverse_each(v, LANES64_LOG, n / LANES64);
  small_transforms(v, LANES64_LOG, n / LANES64, INVERSE);
  reverse_each(v, LANES64_LOG, n / LANES64);
  UNROLLED for (unsigned t = 0; t < n; t += LANES64) w_transpose(v + t);
}

/* The second step of the first group: sub-transform q, vector c at steps[q * 2^first + c]. */
INLINE void forward_second(uint64_t *out, const W *steps, unsigned first, unsigned second, int last) {
  UNROLLED for (unsigned c = 0; c < 1u << first; c += SIDES) {
    W v[SIDES << STEP];
    UNROLLED for (unsigned k = 0; k < (unsigned)SIDES << second; k++) {
      unsigned q = k & ((1u << second) - 1), side = k >> second;
      v[k] = between_steps(steps[(q << first) + c + side], first, second, c + side, q, FORWARD);
    }
    small_transforms(v, second, SIDES, FORWARD);
    UNROLLED for (unsigned k = 0; k < (unsigned)SIDES << second; k++) {
      unsigned q = k & ((1u << second) - 1), side = k >> second;
      w_store(out + (c + side + (q << first)) * LANES64, last ? gl_reduce(v[k]) : v[k]);
    }
  }
}
INLINE void inverse_second(W *steps, const uint64_t *in, unsigned first, unsigned second) {
  UNROLLED for (unsigned c = 0; c < 1u << first; c += SIDES) {
    W v[SIDES << STEP];
    UNROLLED for (unsigned k = 0; k < (unsigned)SIDES << second; k++) {
      unsigned q = k & ((1u << second) - 1), side = k >> second;
      v[reversed(q, second) + (side << second)] = w_load(in + (c + side + (q << first)) * LANES64);
    }
    small_transforms(v, second, SIDES, INVERSE);
    UNROLLED for (unsigned k = 0; k < (unsigned)SIDES << second; k++) {
      unsigned q = (unsigned)reversed(k & ((1u << second) - 1), second), side = k >> second;
      steps[(q << first) + c + side] = between_steps(v[k], first, second, c + side, q, INVERSE);
    }
  }
}

/* The first group, on 2^levels blocks. */
INLINE void forward_first_of(uint64_t *out, const uint64_t *in, const uint64_t *scale, const uint64_t *twist,
                             unsigned second, int last) {
  unsigned sides = second ? SIDES : 1, at_once = sides << STEP;
  W steps[1 << GROUP];
  for (unsigned t = 0; t < 1u << (STEP + second); t += at_once) {
    W v[AT_ONCE];
    UNROLLED for (unsigned i = 0; i < at_once; i++) v[i] = w_load(in + (t + i) * LANES64);
    if (scale) mul_vectors(v, scale + t * LANES64, at_once);
    if (LANES64_LOG > 0) {
      forward_lanes(v, at_once);
      mul_vectors(v, twist + t * LANES64, at_once);
    }
    small_transforms(v, STEP, sides, FORWARD);
    UNROLLED for (unsigned i = 0; i < at_once; i++) steps[t + i] = v[i];
  }
  forward_second(out, steps, STEP, second, last);
}
INLINE void inverse_first_of(uint64_t *out, const uint64_t *in, const uint64_t *unscale, const uint64_t *untwist,
                             uint64_t divide, unsigned second) {
  unsigned sides = second ? SIDES : 1, at_once = sides << STEP;
  W steps[1 << GROUP];
  inverse_second(steps, in, STEP, second);
  for (unsigned t = 0; t < 1u << (STEP + second); t += at_once) {
    W v[AT_ONCE];
    load_reversed(v, steps + t, STEP, sides);
    small_transforms(v, STEP, sides, INVERSE);
    reverse_each(v, STEP, sides);
    if (LANES64_LOG > 0) {
      mul_vectors(v, untwist + t * LANES64, at_once);
      inverse_lanes(v, at_once);
    } else {
      UNROLLED for (unsigned i = 0; i < at_once; i++) v[i] = gl_mul(v[i], w_set1(divide));
    }
    if (unscale)
      mul_vectors(v, unscale + t * LANES64, at_once);
    else
      UNROLLED for (unsigned i = 0; i < at_once; i++) v[i] = gl_reduce(v[i]);
    UNROLLED for (unsigned i = 0; i < at_once; i++) w_store(out + (t + i) * LANES64, v[i]);
  }
}

/* A group's levels are few: one function for each number of them, with all shifts constant. */
static void forward_group(uint64_t *x, size_t h, size_t n, const uint64_t *factors, unsigned levels, int last) {
  switch (levels) {
    case 1: forward_products(x, h, n, factors, 1, 0, 1); break;
    case 2: forward_products(x, h, n, factors, 2, 0, 1); break;
    case 3: forward_products(x, h, n, factors, 3, 0, 1); break;
    case 4: forward_group_of(x, h, n, factors, 2, 2, 1); break;
    case 5: forward_group_of(x, h, n, factors, 3, 2, 1); break;
    default:
      if (last)
        forward_group_of(x, h, n, factors, 3, 3, 1);
      else
        forward_group_of(x, h, n, factors, 3, 3, 0);
  }
}
static void inverse_group(uint64_t *out, const uint64_t *in, size_t h, size_t n, const uint64_t *factors,
                          unsigned levels) {
  switch (levels) {
    case 1: inverse_products(out, in, h, n, factors, 1, 0); break;
    case 2: inverse_products(out, in, h, n, factors, 2, 0); break;
    case 3: inverse_products(out, in, h, n, factors, 3, 0); break;
    case 4: inverse_group_of(out, in, h, n, factors, 2, 2); break;
    case 5: inverse_group_of(out, in, h, n, factors, 3, 2); break;
    default: inverse_group_of(out, in, h, n, factors, 3, 3);
  }
}

static void forward_first(uint64_t *out, const uint64_t *in, const uint64_t *scale, const uint64_t *twist,
                          unsigned levels, int last) {
  switch (levels) {
    case 3: forward_first_of(out, in, scale, twist, 0, 1); break;
    case 4: forward_first_of(out, in, scale, twist, 1, 1); break;
    case 5: forward_first_of(out, in, scale, twist, 2, 1); break;
    default:
      if (last)
        forward_first_of(out, in, scale, twist, 3, 1);
      else
        forward_first_of(out, in, scale, twist, 3, 0);
  }
}
static void inverse_first(uint64_t *out, const uint64_t *in, const uint64_t *unscale, const uint64_t *untwist,
                          uint64_t divide, unsigned levels) {
  switch (levels) {
    case 3: inverse_first_of(out, in, unscale, untwist, divide, 0); break;
    case 4: inverse_first_of(out, in, unscale, untwist, divide, 1); break;
    case 5: inverse_first_of(out, in, unscale, untwist, divide, 2); break;
    default: inverse_first_of(out, in, unscale, untwist, divide, 3);
  }
}

/* Depth first: a block is finished before the next one is begun, so each group finds its block in the smallest cache
 * that holds it. `at` counts the words before the block. */
static void forward_block(const PLAN *plan, const COSET *coset, unsigned group, size_t at, uint64_t *out,
                          const uint64_t *in) {
  unsigned levels = plan->group[group].levels;
  if (group == 0) {
    forward_first(out + at, in + at, coset ? coset->scale : NULL, plan->twist + at, levels, plan->groups == 1);
    return;
  }
  size_t h = (size_t)1 << plan->group[group].below;
  for (size_t t = 0; t < 1u << levels; t++) forward_block(plan, coset, group - 1, at + t * h * LANES64, out, in);
  const apus_goldilocks_twiddles *twiddles = coset ? &coset->forward : &plan->forward;
  forward_group(out + at, h, h, twiddles->factors[group], levels, group + 1 == plan->groups);
}
static void inverse_block(const PLAN *plan, const COSET *coset, unsigned group, size_t at, uint64_t *out,
                          const uint64_t *in) {
  unsigned levels = plan->group[group].levels;
  if (group == 0) {
    inverse_first(out + at, in + at, coset ? coset->unscale : NULL, plan->untwist + at, plan->divide, levels);
    return;
  }
  size_t h = (size_t)1 << plan->group[group].below;
  const apus_goldilocks_twiddles *twiddles = coset ? &coset->inverse : &plan->inverse;
  inverse_group(out + at, in + at, h, h, twiddles->factors[group], levels);
  for (size_t t = 0; t < 1u << levels; t++) inverse_block(plan, coset, group - 1, at + t * h * LANES64, out, out);
}

/* --- A piece of a step, of the steps that ntt_goldilocks.h describes --- */

/* A group on all its blocks, each of which has h sets of vectors that are h apart: on n sets from number `first` on,
 * counted through the blocks. They are part of one block, or whole blocks. */
static void forward_sets(const PLAN *plan, const apus_goldilocks_twiddles *twiddles, unsigned group, uint64_t *x,
                         size_t first, size_t n) {
  unsigned levels = plan->group[group].levels;
  size_t h = (size_t)1 << plan->group[group].below, of_block = n < h ? n : h;
  for (size_t set = first; set < first + n; set += of_block) {
    size_t j = set & (h - 1), at = (((set - j) << levels) + j) * LANES64;
    forward_group(x + at, h, of_block, twiddles->factors[group] + (j << apus_goldilocks_first_levels(levels)), levels,
                  group + 1 == plan->groups);
  }
}
static void inverse_sets(const PLAN *plan, const apus_goldilocks_twiddles *twiddles, unsigned group, uint64_t *out,
                         const uint64_t *in, size_t first, size_t n) {
  unsigned levels = plan->group[group].levels;
  size_t h = (size_t)1 << plan->group[group].below, of_block = n < h ? n : h;
  for (size_t set = first; set < first + n; set += of_block) {
    size_t j = set & (h - 1), at = (((set - j) << levels) + j) * LANES64;
    inverse_group(out + at, in + at, h, of_block, twiddles->factors[group] + (j << apus_goldilocks_first_levels(levels)), levels);
  }
}

static void LEVELED(forward)(const PLAN *plan, const COSET *coset, uint64_t *out, const uint64_t *in,
                             apus_ntt_split split, unsigned step, size_t piece) {
  unsigned group = plan->groups - split.steps + step;
  size_t n = ((size_t)1 << plan->log_rows) / LANES64 / split.pieces, first = piece * n;
  if (step > 0) {
    unsigned levels = plan->group[group].levels;
    forward_sets(plan, coset ? &coset->forward : &plan->forward, group, out, first >> levels, n >> levels);
    return;
  }
  APUS_CHECK_BELOW64(in + first * LANES64, APUS_GOLDILOCKS_P, n * LANES64);
  size_t block = (size_t)1 << (plan->group[group].below + plan->group[group].levels);
  for (size_t at = first; at < first + n; at += block)
    forward_block(plan, coset, group, at * LANES64, out, in);
}

static void LEVELED(inverse)(const PLAN *plan, const COSET *coset, uint64_t *out, const uint64_t *in,
                             apus_ntt_split split, unsigned step, size_t piece) {
  unsigned group = plan->groups - 1 - step;
  size_t n = ((size_t)1 << plan->log_rows) / LANES64 / split.pieces, first = piece * n;
  if (step > 0) in = out;
  if (step + 1 < split.steps) {
    unsigned levels = plan->group[group].levels;
    inverse_sets(plan, coset ? &coset->inverse : &plan->inverse, group, out, in, first >> levels, n >> levels);
    return;
  }
  size_t block = (size_t)1 << (plan->group[group].below + plan->group[group].levels);
  for (size_t at = first; at < first + n; at += block)
    inverse_block(plan, coset, group, at * LANES64, out, in);
}

const apus_goldilocks_ntt_kernels APUS_JOIN(apus_goldilocks_ntt, LEVEL) = {
    .lanes_log = LANES64_LOG,
    .least_log = STEP + LANES64_LOG,
    .forward = LEVELED(forward),
    .inverse = LEVELED(inverse),
    .bit_reverse = LEVELED(bit_reverse),
};
