/* Transforms of one column: decimation in frequency (values -> bit-reversed coefficients) and in time (back).
 * Compiled for each field and level: a field's header says what FV, f_add, ... are.
 *
 * Both go depth first, two levels a pass: a block is finished before the next one is begun, so each pass finds its
 * block in the smallest cache that holds it, whatever the sizes of the caches are. The 2 * F_LANES_LOG innermost levels
 * of a tile of F_LANES^2 words run in registers: those within one vector become, once the tile is transposed, levels
 * between vectors. */

#include "ntt_plan.h"

#define FIELDED(name) LEVELED(APUS_JOIN(name, FIELD))
#define PLAN APUS_JOIN(APUS_JOIN(apus, FIELD), ntt_plan)
#define KERNELS APUS_JOIN(APUS_JOIN(apus, FIELD), ntt_kernels)

enum {
  TILE_LOG = 2 * F_LANES_LOG,
  TILE = F_LANES * F_LANES,
  /* Blocks of this many words (16 KiB) fit the first-level cache beside their twiddles; below, loops are cheaper than
   * calls. */
  FLAT_LOG = sizeof(WORD) == 4 ? 12 : 11,
};

/* Decimation in time, (a, b) -> (a + w b, a - w b): a narrow, b lazy, w reduced; lazy results. */
INLINE void dit_lazy(FV *a, FV *b, FV w) {
  FV u = *a, t = f_mul(*b, w);
  *a = f_add_lazy(u, t);
  *b = f_sub_lazy(u, t);
}
/* The same for a lazy; reduced results. */
INLINE void dit(FV *a, FV *b, FV w) {
  FV u = f_reduce(*a), t = f_mul(*b, w);
  *a = f_add(u, t);
  *b = f_sub(u, t);
}
/* Decimation in frequency, (a, b) -> (a + b, w (a - b)); reduced words. */
INLINE void dif(FV *a, FV *b, FV w) {
  FV t = f_sub_lazy(*a, *b);
  *a = f_add(*a, *b);
  *b = f_mul(t, w);
}
/* (a, b) -> (a + b, a - b); reduced words. */
INLINE void add_sub(FV *a, FV *b) {
  FV u = *a, t = *b;
  *a = f_add(u, t);
  *b = f_sub(u, t);
}

INLINE void load_tile(FV *v, const WORD *from) {
  for (int r = 0; r < F_LANES; r++) v[r] = f_load(from + r * F_LANES);
}
INLINE void store_tile(WORD *to, const FV *v) {
  for (int r = 0; r < F_LANES; r++) f_store(to + r * F_LANES, v[r]);
}
INLINE void scale_tile(FV *v, const WORD *scale) {
  for (int r = 0; r < F_LANES; r++) v[r] = f_mul(v[r], f_load(scale + r * F_LANES));
}

#define UNROLLED _Pragma("clang loop unroll(full)")
/* The F_LANES / 2 butterflies between vectors of a tile at half h = 2^level: number k takes vectors i and i + h, and is
 * number j in its block. */
#define OFFSET(level, k) ((k) & ((1 << (level)) - 1))
#define FIRST(level, k) (((k) >> (level) << ((level) + 1)) + OFFSET(level, k))

/* Levels h = 1 to TILE / 2 of decimation in time. in, out: reduced. */
INLINE void forward_tile(WORD *out, const WORD *in, const WORD *scale, const WORD *twiddles) {
  FV v[F_LANES];
  load_tile(v, in);
  if (scale) scale_tile(v, scale);
  f_transpose(v);
  UNROLLED for (int level = 0; level < F_LANES_LOG; level++) {
    UNROLLED for (int k = 0; k < F_LANES / 2; k++) {
      int h = 1 << level, j = OFFSET(level, k), i = FIRST(level, k);
      if (j == 0) {
        /* w = 1. On the first level everything is reduced already. */
        FV u = level ? f_narrow(v[i]) : v[i], t = level ? f_reduce(v[i + h]) : v[i + h];
        v[i] = f_add_lazy(u, t);
        v[i + h] = f_sub_lazy(u, t);
      } else {
        v[i] = f_narrow(v[i]);
        dit_lazy(&v[i], &v[i + h], f_set1(twiddles[h + j]));
      }
    }
  }
  f_transpose(v);
  UNROLLED for (int level = 0; level < F_LANES_LOG; level++) {
    UNROLLED for (int k = 0; k < F_LANES / 2; k++) {
      int h = 1 << level, j = OFFSET(level, k), i = FIRST(level, k);
      FV w = f_load(twiddles + (h + j) * F_LANES);
      if (level < F_LANES_LOG - 1) {
        v[i] = f_narrow(v[i]);
        dit_lazy(&v[i], &v[i + h], w);
      } else {
        dit(&v[i], &v[i + h], w);
      }
    }
  }
  store_tile(out, v);
}

/* Levels h = TILE / 2 to 1 of decimation in frequency. in, out: reduced. */
INLINE void inverse_tile(WORD *out, const WORD *in, const WORD *scale, const WORD *twiddles) {
  FV v[F_LANES];
  load_tile(v, in);
  UNROLLED for (int level = F_LANES_LOG - 1; level >= 0; level--) {
    UNROLLED for (int k = 0; k < F_LANES / 2; k++) {
      int h = 1 << level, j = OFFSET(level, k), i = FIRST(level, k);
      dif(&v[i], &v[i + h], f_load(twiddles + (h + j) * F_LANES));
    }
  }
  f_transpose(v);
  UNROLLED for (int level = F_LANES_LOG - 1; level >= 0; level--) {
    UNROLLED for (int k = 0; k < F_LANES / 2; k++) {
      int h = 1 << level, j = OFFSET(level, k), i = FIRST(level, k);
      if (j == 0)
        add_sub(&v[i], &v[i + h]);
      else
        dif(&v[i], &v[i + h], f_set1(twiddles[h + j]));
    }
  }
  f_transpose(v);
  if (scale) scale_tile(v, scale);
  store_tile(out, v);
}

/* Level h of decimation in time on one block of 2 h words; h a multiple of F_LANES. */
INLINE void forward_radix2(WORD *x, size_t h, const WORD *twiddles) {
  for (size_t j = 0; j < h; j += F_LANES) {
    FV a = f_load(x + j), b = f_load(x + h + j);
    dit(&a, &b, f_load(twiddles + h + j));
    f_store(x + j, a);
    f_store(x + h + j, b);
  }
}
/* Levels h and 2 h of decimation in time on one block of 4 h words. */
INLINE void forward_radix4(WORD *x, size_t h, const WORD *twiddles) {
  for (size_t j = 0; j < h; j += F_LANES) {
    FV a = f_load(x + j), b = f_load(x + h + j), c = f_load(x + 2 * h + j), d = f_load(x + 3 * h + j);
    FV w = f_load(twiddles + h + j);
    dit_lazy(&a, &b, w);
    dit_lazy(&c, &d, w);
    dit(&a, &c, f_load(twiddles + 2 * h + j));
    dit(&b, &d, f_load(twiddles + 3 * h + j));
    f_store(x + j, a);
    f_store(x + h + j, b);
    f_store(x + 2 * h + j, c);
    f_store(x + 3 * h + j, d);
  }
}

/* Level h of decimation in frequency on one block of 2 h words. */
INLINE void inverse_radix2(WORD *out, const WORD *in, size_t h, const WORD *twiddles) {
  for (size_t j = 0; j < h; j += F_LANES) {
    FV a = f_load(in + j), b = f_load(in + h + j);
    dif(&a, &b, f_load(twiddles + h + j));
    f_store(out + j, a);
    f_store(out + h + j, b);
  }
}
/* Levels 2 h and h of decimation in frequency on one block of 4 h words. */
INLINE void inverse_radix4(WORD *out, const WORD *in, size_t h, const WORD *twiddles) {
  for (size_t j = 0; j < h; j += F_LANES) {
    FV a = f_load(in + j), b = f_load(in + h + j), c = f_load(in + 2 * h + j), d = f_load(in + 3 * h + j);
    dif(&a, &c, f_load(twiddles + 2 * h + j));
    dif(&b, &d, f_load(twiddles + 3 * h + j));
    FV w = f_load(twiddles + h + j);
    dif(&a, &b, w);
    dif(&c, &d, w);
    f_store(out + j, a);
    f_store(out + h + j, b);
    f_store(out + 2 * h + j, c);
    f_store(out + 3 * h + j, d);
  }
}

/* A block of 2^log words, TILE_LOG <= log <= FLAT_LOG, level by level. */
static void forward_flat(WORD *out, const WORD *in, const WORD *scale, const WORD *twiddles, unsigned log) {
  size_t n = (size_t)1 << log, h = TILE;
  for (size_t i = 0; i < n; i += TILE) forward_tile(out + i, in + i, scale ? scale + i : NULL, twiddles);
  if ((log - TILE_LOG) % 2) {
    for (size_t i = 0; i < n; i += 2 * h) forward_radix2(out + i, h, twiddles);
    h *= 2;
  }
  for (; h < n; h *= 4)
    for (size_t i = 0; i < n; i += 4 * h) forward_radix4(out + i, h, twiddles);
}

static void forward_block(WORD *out, const WORD *in, const WORD *scale, const WORD *twiddles, unsigned log) {
  if (log <= FLAT_LOG) {
    forward_flat(out, in, scale, twiddles, log);
    return;
  }
  size_t quarter = (size_t)1 << (log - 2);
  for (size_t i = 0; i < 4 * quarter; i += quarter)
    forward_block(out + i, in + i, scale ? scale + i : NULL, twiddles, log - 2);
  forward_radix4(out, quarter, twiddles);
}

/* A block of 2^log words, TILE_LOG <= log <= FLAT_LOG, level by level. `in` is out or does not overlap it. */
static void inverse_flat(WORD *out, const WORD *in, const WORD *scale, const WORD *twiddles, unsigned log) {
  size_t n = (size_t)1 << log, block = n;
  for (; block >= 4 * TILE; block /= 4) {
    for (size_t i = 0; i < n; i += block) inverse_radix4(out + i, in + i, block / 4, twiddles);
    in = out;
  }
  if (block > TILE) {
    for (size_t i = 0; i < n; i += block) inverse_radix2(out + i, in + i, block / 2, twiddles);
    in = out;
  }
  for (size_t i = 0; i < n; i += TILE) inverse_tile(out + i, in + i, scale ? scale + i : NULL, twiddles);
}

static void inverse_block(WORD *out, const WORD *in, const WORD *scale, const WORD *twiddles, unsigned log) {
  if (log <= FLAT_LOG) {
    inverse_flat(out, in, scale, twiddles, log);
    return;
  }
  size_t quarter = (size_t)1 << (log - 2);
  inverse_radix4(out, in, quarter, twiddles);
  for (size_t i = 0; i < 4 * quarter; i += quarter)
    inverse_block(out + i, out + i, scale ? scale + i : NULL, twiddles, log - 2);
}

/* The kernels that sizes below one tile go to; on the portable level a tile is one word. */
#define SMALL_KERNELS APUS_JOIN(APUS_JOIN(apus, FIELD), ntt_portable)

static void FIELDED(forward)(WORD *out, const WORD *in, const WORD *scale, const PLAN *plan) {
  F_CHECK(in, (size_t)1 << plan->log_rows);
  if (scale) F_CHECK(scale, (size_t)1 << plan->log_rows);
  if (TILE_LOG > 0 && plan->log_rows < TILE_LOG)
    SMALL_KERNELS.forward(out, in, scale, plan);
  else
    forward_block(out, in, scale, plan->forward, plan->log_rows);
}

static void FIELDED(inverse)(WORD *out, const WORD *in, const WORD *scale, const PLAN *plan) {
  F_CHECK(in, (size_t)1 << plan->log_rows);
  if (scale) F_CHECK(scale, (size_t)1 << plan->log_rows);
  if (TILE_LOG > 0 && plan->log_rows < TILE_LOG)
    SMALL_KERNELS.inverse(out, in, scale, plan);
  else
    inverse_block(out, in, scale, plan->inverse, plan->log_rows);
}

/* i with its lowest `bits` bits reversed; i < 2^bits. */
INLINE size_t reversed(size_t i, unsigned bits) { return bits ? __builtin_bitreverse64(i) >> (64 - bits) : 0; }

/* The tile whose row r (the index's highest F_LANES_LOG bits) starts at from + r * stride: its vectors become the rows
 * of the tile at the reversed place. Loading rows in reversed order puts the lanes of the result in reversed order. */
INLINE void load_reversed_tile(FV *v, const WORD *from, size_t stride) {
  UNROLLED for (int r = 0; r < F_LANES; r++)
    v[reversed((size_t)r, F_LANES_LOG)] = f_load(from + (size_t)r * stride);
  f_transpose(v);
}
INLINE void store_reversed_tile(WORD *to, const FV *v, size_t stride) {
  UNROLLED for (int r = 0; r < F_LANES; r++)
    f_store(to + reversed((size_t)r, F_LANES_LOG) * stride, v[r]);
}

static void FIELDED(bit_reverse)(WORD *words, unsigned log_rows) {
  if (TILE_LOG > 0 && log_rows < TILE_LOG) {
    SMALL_KERNELS.bit_reverse(words, log_rows);
    return;
  }
  /* An index is (row, middle, lane); its reverse is (reversed lane, reversed middle, reversed row). */
  unsigned middle_bits = log_rows - TILE_LOG;
  size_t stride = (size_t)1 << (log_rows - F_LANES_LOG);
  for (size_t middle = 0; middle >> middle_bits == 0; middle++) {
    size_t other = reversed(middle, middle_bits);
    if (other < middle) continue;
    FV v[F_LANES], u[F_LANES];
    load_reversed_tile(v, words + middle * F_LANES, stride);
    load_reversed_tile(u, words + other * F_LANES, stride);
    store_reversed_tile(words + other * F_LANES, v, stride);
    store_reversed_tile(words + middle * F_LANES, u, stride);
  }
}

/* Each bit of i multiplies by its own power of the ratio, the lowest bit by the highest: the table doubles bit by bit. */
static void FIELDED(bit_reversed_powers)(WORD *out, WORD first, WORD ratio, unsigned log_rows) {
  F_CHECK(&first, 1);
  F_CHECK(&ratio, 1);
  FV step[sizeof(size_t) * 8];
  FV square = f_set1(ratio);
  for (unsigned bit = log_rows; bit-- > 0; square = f_mul(square, square)) step[bit] = square;

  /* Within one vector: each store overwrites what the one before left above its half. */
  WORD head[2 * F_LANES] = {first};
  for (unsigned bit = 0; bit < F_LANES_LOG && bit < log_rows; bit++)
    f_store(head + ((size_t)1 << bit), f_mul(f_load(head), step[bit]));
  size_t n = (size_t)1 << log_rows;
  memcpy(out, head, (n < F_LANES ? n : F_LANES) * sizeof(WORD));

  for (size_t bit = F_LANES_LOG, half = F_LANES; half < n; half *= 2, bit++)
    for (size_t i = 0; i < half; i += F_LANES) f_store(out + half + i, f_mul(f_load(out + i), step[bit]));
}

const KERNELS APUS_JOIN(APUS_JOIN(apus, FIELD), LEVELED(ntt)) = {
    .forward = FIELDED(forward),
    .inverse = FIELDED(inverse),
    .bit_reverse = FIELDED(bit_reverse),
    .bit_reversed_powers = FIELDED(bit_reversed_powers),
};
