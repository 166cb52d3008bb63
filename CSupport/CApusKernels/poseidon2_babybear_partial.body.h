/* The partial rounds of Poseidon2 over BabyBear, lane = state. Included by poseidon2_babybear.body.h.
 *
 * A round gives word 0 to the S-box, and with S, the sum of all words, word i becomes S + d[i] * s[i], where d is
 *   width 16: -2, 1, 2, 1/2, 3, 4, -1/2, -3, -4, 2^-8, 1/4, 1/8, 2^-27, -2^-8, -1/16, -2^-27
 *   width 24: -2, 1, 2, 1/2, 3, 4, -1/2, -3, -4, 2^-8, 1/4, 1/8, 1/16, 2^-7, 2^-9, 2^-27,
 *             -2^-8, -1/4, -1/8, -1/16, -1/32, -1/64, -2^-7, -2^-27
 *
 * Most entries come with both signs. Of words a and b with entries d and -d, the half sum h = (a + b) / 2 becomes
 * S + d * g and the half difference g = (a - b) / 2 becomes d * h; two rounds make S + d^2 * h of h. So a pair is kept
 * as h now and h one round before, which take one multiplication in a round in place of two, and one sum with S and one
 * place in the sum of all words in place of two. Only for 2^-27 g itself is kept: 2^-54 is no shift.
 *
 * Words other than word 0 are any 32-bit words congruent to what they stand for; word 0 and S alone are reduced. */

enum { BABYBEAR = 0x78000001, SINGLES = 5, MAXIMUM_PAIRS = 9, KEPT_DOWN = 27 };

/* Words `plus` and `minus` have entries d and -d: 2^-down, or `times` where that is not 0. `start` is 1 / (2 d) in
 * Montgomery form, or 1 / 2 where g is kept. */
typedef struct Pair {
  unsigned char plus, minus, down, times;
  uint32_t start;
} Pair;

#define MONTGOMERY(x) ((uint32_t)(((uint64_t)(x) << 32) % BABYBEAR))
#define INVERSE_POWER(k) (BABYBEAR - (15u << (27 - (k))))
#define SHIFTED(plus, minus, down) {plus, minus, down, 0, MONTGOMERY(1u << ((down) - 1))}
#define TIMES_3(plus, minus) {plus, minus, 0, 3, MONTGOMERY(BABYBEAR - (BABYBEAR - 1) / 6)}
#define TIMES_4(plus, minus) {plus, minus, 0, 4, MONTGOMERY(INVERSE_POWER(3))}
#define KEPT(plus, minus) {plus, minus, KEPT_DOWN, 0, MONTGOMERY(INVERSE_POWER(1))}

/* The last pair is the one of 2^-27. */
static const Pair pairs16[] = {SHIFTED(3, 6, 1), TIMES_3(4, 7), TIMES_4(5, 8), SHIFTED(9, 13, 8), KEPT(12, 15)};
static const Pair pairs24[] = {SHIFTED(3, 6, 1),   TIMES_3(4, 7),      TIMES_4(5, 8),
                               SHIFTED(9, 16, 8),  SHIFTED(10, 17, 2), SHIFTED(11, 18, 3),
                               SHIFTED(12, 19, 4), SHIFTED(13, 22, 7), KEPT(15, 23)};
/* Words whose entry has one sign. */
static const unsigned char singles16[SINGLES] = {1, 2, 10, 11, 14}, singles24[SINGLES] = {1, 2, 14, 20, 21};

INLINE const Pair *pairs_of(int width) { return width == 16 ? pairs16 : pairs24; }
INLINE const unsigned char *singles_of(int width) { return width == 16 ? singles16 : singles24; }
INLINE int pair_count(int width) { return width == 16 ? 5 : 9; }

#define EACH_PAIR(width) UNROLLED for (int i = 0; i < pair_count(width); i++)
#define EACH_SINGLE UNROLLED for (int i = 0; i < SINGLES; i++)

/* With x = high * 2^k + low, x * 2^-k is high + low * 2^-k, and 2^-k = -15 * 2^(27 - k) since p = 15 * 2^27 + 1: high
 * less this, which is below p. 1 <= k <= 27. */
INLINE V shifted_out(V x, unsigned k) { return v_mullo(v_and(x, v_set1((1u << k) - 1)), v_set1(15u << (27 - k))); }

/* S + x * 2^-k and S - x * 2^-k for k >= 2: below 2 p for k < 5, below 2.1 p otherwise. S comes last: it is what is
 * waited for. */
INLINE V add_shifted(V S, V x, unsigned k) {
  V high = v_shr(x, k), low = shifted_out(x, k);
  if (k < 5) return v_add(S, bb_sub(high, low));
  return v_add(v_add(S, v_set1(BABYBEAR)), v_sub(high, low));
}
INLINE V sub_shifted(V S, V x, unsigned k) { return v_add(S, bb_sub(shifted_out(x, k), v_shr(x, k))); }

/* x / 2 in [0, p). */
INLINE V halve(V x) { return v_add(v_shr(x, 1), v_mullo(v_and(x, v_set1(1)), v_set1(0x3c000001u))); }

/* x - k p, from 0 to 1.01 p, for x from 0 to c * 2^32 that is given modulo 2^32. `high` says how large x is: its upper
 * half is x / (c * 2^16) or up to four less, so that k is x / p or one less. c is 2, 9, 16 or 32: its product with
 * 2^(32 + shift) / p then has 16 bits. */
INLINE V less_multiple(V x, V high, unsigned c) {
  unsigned shift = (unsigned)__builtin_clz(c) - 17;
  V k = v_mul_high16(high, v_set1((uint32_t)(((uint64_t)c << (32 + shift)) / BABYBEAR) << 16));
  return v_sub(x, v_mullo(v_shr(k, 16 + shift), v_set1(BABYBEAR)));
}
/* S + c x, below 2.1 p. */
INLINE V add_multiple(V S, V x, unsigned c) { return v_add(S, less_multiple(v_mullo(x, v_set1(c)), x, c)); }

/* Any word in [0, p). */
INLINE V reduced_word(V x) {
  V once = v_min(x, v_sub(x, v_set1(BABYBEAR)));
  return v_min(once, v_sub(once, v_set1(BABYBEAR)));
}

/* The sum of all words but word 0, which is that of the singles and twice that of the pairs' h, in [0, p). How large it
 * is comes from the average of upper halves, by a tree that has the singles in its leaves and every h a level nearer to
 * its root: at most three too high, as averages are rounded up, and one too low. */
INLINE V rest_of(const V *single, const V *h, int width) {
  V pairs = h[0], levels[3 + MAXIMUM_PAIRS];
  UNROLLED for (int i = 1; i < pair_count(width); i++) pairs = v_add(pairs, h[i]);
  V singles = v_add(v_add(v_add(single[0], single[1]), v_add(single[2], single[3])), single[4]);

  levels[0] = v_average16(single[0], single[1]);
  levels[1] = v_average16(single[2], single[3]);
  levels[2] = v_average16(single[4], zero);
  EACH_PAIR(width) levels[3 + i] = h[i];
  UNROLLED for (int n = 3 + pair_count(width); n > 1; n = (n + 1) / 2) {
    UNROLLED for (int i = 0; i < n / 2; i++) levels[i] = v_average16(levels[2 * i], levels[2 * i + 1]);
    if (n % 2) levels[n / 2] = v_average16(levels[n - 1], zero);
  }
  V average = v_sub_to_zero16(levels[0], v_set1(3u << 16));
  V rest = less_multiple(v_add(singles, v_add(pairs, pairs)), average, width == 16 ? 16 : 32);
  return v_min(rest, v_sub(rest, v_set1(BABYBEAR)));
}

/* x^7 in [0, p) for a signed word x in [-p, p]. */
INLINE V seventh_power(V x) {
  D x1 = d_spread(x), x2 = bb_signed_mul(x1, x1), x3 = bb_signed_mul(x2, x1), x4 = bb_signed_mul(x2, x2);
  return bb_signed_mul_to_word(x3, x4);
}

/* All words but word 0 after a round: S is the sum before it, `before` becomes h after it. The entries of singles are
 * 1, 2, and 2^-down; the last in width 16 and the last two in width 24 are negative. */
INLINE void add_sum(V *single, V *now, V *before, V S, int width) {
  const unsigned negative = width == 16 ? 1 : 2;
  static const unsigned char down16[] = {0, 0, 2, 3, 4}, down24[] = {0, 0, 9, 5, 6};
  const unsigned char *down = width == 16 ? down16 : down24;
  single[0] = v_add(S, v_min(single[0], v_sub(single[0], v_set1(BABYBEAR))));
  single[1] = add_multiple(S, single[1], 2);
  UNROLLED for (unsigned i = 2; i < SINGLES; i++)
    single[i] = i + negative < SINGLES ? add_shifted(S, single[i], down[i]) : sub_shifted(S, single[i], down[i]);

  EACH_PAIR(width) {
    Pair pair = pairs_of(width)[i];
    if (pair.times)
      before[i] = add_multiple(S, before[i], pair.times * pair.times);
    else
      before[i] = add_shifted(S, before[i], pair.down == KEPT_DOWN ? KEPT_DOWN : 2 * pair.down);
    if (pair.down == KEPT_DOWN)
      now[i] = v_add(v_sub(v_set1(BABYBEAR), shifted_out(now[i], KEPT_DOWN)), v_shr(now[i], KEPT_DOWN));
  }
}

/* `constants` are one more than rounds, the last of them zero. A round waits for the S-box: the other words take the
 * round before, whose sum is S, and are summed beside it, in instructions that come after the S-box, as the processor
 * prefers older ones. */
INLINE void partial_rounds(V *s, int width, const WORD *constants, int rounds) {
  ALIGNED_FRAME;
  V single[SINGLES], h[2][MAXIMUM_PAIRS], *now = h[0], *before = h[1];
  V y = seventh_power(v_add(s[0], v_set1(constants[0])));
  EACH_SINGLE single[i] = s[singles_of(width)[i]];
  EACH_PAIR(width) {
    Pair pair = pairs_of(width)[i];
    V difference = bb_sub(s[pair.plus], s[pair.minus]);
    now[i] = halve(bb_add(s[pair.plus], s[pair.minus]));
    before[i] = pair.down == 1 ? difference : bb_mul(difference, v_set1(pair.start));
  }
  V rest = rest_of(single, now, width), x, S;
  for (int round = 1;; round++) {
    V next = v_add(rest, v_set1(constants[round]));
    x = v_sub(v_min(next, v_add(next, v_set1(BABYBEAR))), y);
    S = bb_add(rest, y);
    if (round == rounds) break;
    y = seventh_power(x);
    add_sum(single, now, before, S, width);
    V *after = before;
    before = now;
    now = after;
    rest = rest_of(single, now, width);
  }
  add_sum(single, now, before, S, width);
  s[0] = v_min(x, v_add(x, v_set1(BABYBEAR)));
  EACH_SINGLE s[singles_of(width)[i]] = reduced_word(single[i]);
  EACH_PAIR(width) {
    Pair pair = pairs_of(width)[i];
    V x = now[i], sum = reduced_word(before[i]), half_difference;
    if (pair.times)
      half_difference = bb_mul(x, v_set1(MONTGOMERY(pair.times)));
    else if (pair.down == KEPT_DOWN)
      half_difference = reduced_word(x);
    else
      half_difference = bb_sub(v_shr(x, pair.down), shifted_out(x, pair.down));
    s[pair.plus] = bb_add(sum, half_difference);
    s[pair.minus] = bb_sub(sum, half_difference);
  }
}
